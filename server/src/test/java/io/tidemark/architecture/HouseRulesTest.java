package io.tidemark.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// One place for each kind of thing.
class HouseRulesTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tidemark");
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("io.tidemark");

  /// A configuration makes the client that it hands on.
  private static final Pattern TALKS_SQL = Pattern.compile(".*(Store|Reader|Writer|Configuration)");

  /// Stores with a memory, named for what they are; what adds up the rows that a reader hands it;
  /// what opens a connection for several stores, for the one statement it needs, to see whether it
  /// can, to guard it or to watch its statements.
  private static final Set<String> TALK_SQL_TOO =
      Set.of(
          "PersonDirectory",
          "KindDirectory",
          "RefusalLog",
          "ApiCalls",
          "Distribution",
          "PhysicalConnections",
          "GuardedConnections",
          "TracedConnections",
          "WriteProbe",
          "SchemaMigration",
          "Ledger",
          "EmbeddedPostgres",
          "ImportConnection");

  /// Commands are where the clock is injected from.
  private static final Pattern MAKES_THE_CLOCK =
      Pattern.compile("DatabaseConfiguration|\\w+Command|ImportConnection");

  /// They wait for something outside of this process, or for the time itself.
  private static final Set<String> MAY_SLEEP =
      Set.of("PostgresServer", "ExclusiveFileLock", "SampleVisitors", "SampleHistory");

  private static final Set<String> TIME_OF_THE_MACHINE =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.YearMonth.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.System.currentTimeMillis");

  @Test
  void sql_isInStoresReadersAndWriters() {
    noClasses()
        .that(not(named(TALKS_SQL)))
        .and(not(oneOf(TALK_SQL_TOO)))
        .should()
        .callMethodWhere(
            describe(
                "is of JDBC",
                call -> isOfJdbc(call.getTargetOwner()) && !call.getName().equals("create")))
        .check(MAIN);
  }

  @Test
  void names_sayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*\\.((Base|Abstract|Common|Misc)[A-Z]\\w*|I[A-Z][a-z]\\w*Service|\\w*(Manager|Helper|Utils?|Impl|Info|Misc))")
        .check(MAIN);
  }

  @Test
  void sleep_isForWhatCannotBeWaitedFor() {
    noClasses()
        .that(not(oneOf(MAY_SLEEP)))
        .should()
        .callMethodWhere(calls(Set.of("java.lang.Thread.sleep")))
        .check(MAIN);
    noClasses().should().callMethodWhere(calls(Set.of("java.lang.Thread.sleep"))).check(TESTS);
  }

  @Test
  void output_isOfCommands() {
    noClasses()
        .that(not(resideInAPackage("io.tidemark.cli..")))
        .should(accessField(System.class, "out"))
        .orShould(accessField(System.class, "err"))
        .check(MAIN);
  }

  @Test
  void time_isFromAnInjectedClock() {
    noClasses()
        .that(not(named(MAKES_THE_CLOCK)))
        .should()
        .callMethodWhere(calls(TIME_OF_THE_MACHINE))
        .check(MAIN);
  }

  @Test
  void parts_areHandedToConstructors() {
    for (String annotation :
        Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.annotation.Resource",
            "jakarta.inject.Inject")) {
      noFields().should().beAnnotatedWith(annotation).allowEmptyShould(true).check(MAIN);
    }
  }

  @Test
  void tests_areNotDisabled() {
    methods().should().notBeAnnotatedWith("org.junit.jupiter.api.Disabled").check(TESTS);
    classes().should().notBeAnnotatedWith("org.junit.jupiter.api.Disabled").check(TESTS);
  }

  private static boolean isOfJdbc(JavaClass type) {
    return (type.getPackageName().equals("java.sql") && !type.isAssignableTo(SQLException.class))
        || type.getPackageName().startsWith("org.springframework.jdbc.core");
  }

  private static DescribedPredicate<JavaMethodCall> calls(Set<String> methods) {
    return describe(
        "call " + methods,
        call ->
            methods.contains(call.getTargetOwner().getName() + "." + call.getTarget().getName()));
  }

  private static DescribedPredicate<JavaClass> named(Pattern pattern) {
    return describe(
        "are named " + pattern, type -> pattern.matcher(outermost(type).getSimpleName()).matches());
  }

  private static DescribedPredicate<JavaClass> oneOf(Set<String> names) {
    return describe("are " + names, type -> names.contains(outermost(type).getSimpleName()));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(HouseRulesTest::outermost).orElse(type);
  }
}
