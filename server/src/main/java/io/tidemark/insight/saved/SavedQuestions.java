package io.tidemark.insight.saved;

import io.tidemark.access.Permission;
import io.tidemark.insight.question.Audience;
import io.tidemark.insight.question.QuestionDesk;
import io.tidemark.platform.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// What is saved, and who may do what with it. Thread-safe.
final class SavedQuestions {

  private final SavedQuestionStore questions;
  private final DashboardStore dashboards;
  private final ShareLinkStore links;
  private final QuestionDesk desk;
  private final TransactionTemplate transactions;

  SavedQuestions(
      SavedQuestionStore questions,
      DashboardStore dashboards,
      ShareLinkStore links,
      QuestionDesk desk,
      TransactionTemplate transactions) {
    this.questions = questions;
    this.dashboards = dashboards;
    this.links = links;
    this.desk = desk;
    this.transactions = transactions;
  }

  List<SavedQuestion> list(Authentication who) {
    return questions.list().stream().map(question -> told(question, who)).toList();
  }

  /// @throws ProblemException 404
  SavedQuestion find(UUID id, Authentication who) {
    return told(find(id), who);
  }

  /// Documents may name people: who may not see them gets those of their own.
  private static SavedQuestion told(SavedQuestion question, Authentication who) {
    return Permission.SEE_PEOPLE.isGivenTo(who) || question.owner().equals(Owner.of(who))
        ? question
        : question.withKindAlone();
  }

  /// @throws ProblemException 404
  SavedQuestion find(UUID id) {
    return questions.find(id).orElseThrow(() -> notFound("question", id));
  }

  SavedQuestion create(SavedQuestion.Draft draft, Authentication who) {
    check(draft, who);
    return questions.create(draft, Owner.of(who));
  }

  SavedQuestion change(UUID id, SavedQuestion.Draft draft, Authentication who) {
    Owner.requireMayChange(who, find(id).owner());
    check(draft, who);
    return questions.change(id, draft).orElseThrow(() -> notFound("question", id));
  }

  void delete(UUID id, Authentication who) {
    Owner.requireMayChange(who, find(id).owner());
    questions.delete(id);
  }

  List<Dashboard> listDashboards() {
    return dashboards.list();
  }

  /// @throws ProblemException 404
  Dashboard findDashboard(UUID id) {
    return dashboards.find(id).orElseThrow(() -> notFound("dashboard", id));
  }

  Dashboard createDashboard(Dashboard.Draft draft, Authentication who) {
    return findDashboard(write(() -> dashboards.create(draft, Owner.of(who))));
  }

  Dashboard changeDashboard(UUID id, Dashboard.Draft draft, Authentication who) {
    Owner.requireMayChange(who, findDashboard(id).owner());
    write(() -> {
      dashboards.change(id, draft);
      return id;
    });
    return findDashboard(id);
  }

  void deleteDashboard(UUID id, Authentication who) {
    Owner.requireMayChange(who, findDashboard(id).owner());
    dashboards.delete(id);
  }

  List<ShareLink> listLinks(ShareLinkStore.Target target, Authentication who) {
    requireMayChange(target, who);
    return links.list(target);
  }

  ShareLink.New share(ShareLinkStore.Target target, Authentication who) {
    requireMayChange(target, who);
    requireNobodyNamed(target);
    return links.create(target, Owner.of(who));
  }

  void revoke(ShareLinkStore.Target target, UUID link, Authentication who) {
    requireMayChange(target, who);
    if (!links.revoke(target, link)) {
      throw notFound("link", link);
    }
  }

  /// What a token shows.
  ///
  /// @throws ProblemException 404 when it shows nothing, any more or ever
  ShareLink.Shared findShared(String token) {
    ShareLinkStore.Target target = link(token).target();
    if (target.isDashboard()) {
      Dashboard dashboard = findDashboard(target.id());
      return new ShareLink.Shared(
          dashboard.name(),
          dashboard.description(),
          questions.listOfDashboard(dashboard.id()).stream()
              .map(ShareLink.Shared.Part::of)
              .toList());
    }
    SavedQuestion question = find(target.id());
    return new ShareLink.Shared(
        question.name(), question.description(), List.of(ShareLink.Shared.Part.of(question)));
  }

  /// A question that a token shows, and whom it shows it to.
  record SharedQuestion(SavedQuestion question, Audience audience) {

    String document() {
      return question.document().toString();
    }
  }

  /// @throws ProblemException 404 when the token does not show it
  SharedQuestion findShared(String token, UUID id) {
    ShareLinkStore.Found link = link(token);
    ShareLinkStore.Target target = link.target();
    boolean isShown =
        target.isDashboard()
            ? findDashboard(target.id()).questions().contains(id)
            : id.equals(target.id());
    if (!isShown) {
      throw notFound("question", id);
    }
    return new SharedQuestion(find(id), Audience.ofLink(link.id()));
  }

  private ShareLinkStore.Found link(String token) {
    return links
        .find(token)
        .orElseThrow(() ->
            ProblemException.of(
                HttpStatus.NOT_FOUND,
                "link_unknown",
                "There is no such link, or it has been revoked"));
  }

  private void requireMayChange(ShareLinkStore.Target target, Authentication who) {
    Owner.requireMayChange(
        who, target.isDashboard() ? findDashboard(target.id()).owner() : find(target.id()).owner());
  }

  private void check(SavedQuestion.Draft draft, Authentication who) {
    check(draft.document(), "document", Permission.SEE_PEOPLE.isGivenTo(who));
  }

  /// Whoever has a link may not see who people are: what they would be refused is not shared.
  private void requireNobodyNamed(ShareLinkStore.Target target) {
    if (!target.isDashboard()) {
      check(find(target.id()).document(), "document", false);
      return;
    }
    List<SavedQuestion> shown = questions.listOfDashboard(target.id());
    for (int place = 0; place < shown.size(); place++) {
      check(shown.get(place).document(), "questions[%d].document".formatted(place), false);
    }
  }

  private void check(JsonNode document, String field, boolean showsPeople) {
    try {
      desk.check(document.toString(), showsPeople);
    } catch (ProblemException e) {
      throw e.within(field);
    }
  }

  private UUID write(Supplier<UUID> work) {
    try {
      return transactions.execute(status -> work.get());
    } catch (DataIntegrityViolationException e) {
      throw ProblemException.invalidField(
          "questions", "questions must be ids of questions that are saved");
    }
  }

  private static ProblemException notFound(String what, UUID id) {
    return ProblemException.of(
        HttpStatus.NOT_FOUND, "not_found", "There is no %s %s".formatted(what, id));
  }
}
