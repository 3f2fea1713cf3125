package io.tidemark.insight.saved;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tidemark.insight.question.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Dashboards over HTTP. Their questions are asked one by one.
@RestController
@RequestMapping("/api/v1/dashboards")
@Tag(name = "Saved")
final class DashboardController {

  private final SavedQuestions saved;
  private final StrictJson json;

  DashboardController(SavedQuestions saved, StrictJson json) {
    this.saved = saved;
    this.json = json;
  }

  @Operation(summary = "All dashboards, by name")
  @GetMapping
  List<Dashboard> list() {
    return saved.listDashboards();
  }

  @Operation(
      summary = "Make a dashboard",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = Dashboard.Draft.class))))
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Dashboard create(InputStream body, Authentication who) throws IOException {
    return saved.createDashboard(json.read(body, Dashboard.Draft.class), who);
  }

  @Operation(summary = "A dashboard")
  @GetMapping("/{id}")
  Dashboard find(@PathVariable UUID id) {
    return saved.findDashboard(id);
  }

  @Operation(
      summary = "Change a dashboard",
      description = "Its owner may, and people who are signed in.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON_VALUE,
                      schema = @Schema(implementation = Dashboard.Draft.class))))
  @PutMapping("/{id}")
  Dashboard change(@PathVariable UUID id, InputStream body, Authentication who) throws IOException {
    return saved.changeDashboard(id, json.read(body, Dashboard.Draft.class), who);
  }

  @Operation(summary = "Delete a dashboard", description = "Its questions stay.")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id, Authentication who) {
    saved.deleteDashboard(id, who);
  }

  @Operation(summary = "The links to a dashboard, without their tokens")
  @GetMapping("/{id}/links")
  List<ShareLink> listLinks(@PathVariable UUID id, Authentication who) {
    return saved.listLinks(ShareLinkStore.Target.ofDashboard(id), who);
  }

  @Operation(
      summary = "Make a link to a dashboard",
      description =
          "Whoever has it sees the answers to its questions without a key, people by pseudonyms.")
  @PostMapping("/{id}/links")
  @ResponseStatus(HttpStatus.CREATED)
  ShareLink.New share(@PathVariable UUID id, Authentication who) {
    return saved.share(ShareLinkStore.Target.ofDashboard(id), who);
  }

  @Operation(summary = "Revoke a link to a dashboard, at once")
  @DeleteMapping("/{id}/links/{link}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(@PathVariable UUID id, @PathVariable UUID link, Authentication who) {
    saved.revoke(ShareLinkStore.Target.ofDashboard(id), link, who);
  }
}
