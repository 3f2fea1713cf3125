package io.tidemark.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Executes the package table of `ARCHITECTURE.md`.
class PackageTableTest {

  private static final String ROOT = "io.tidemark";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packages_useOnlyWhatTheTableAllows() throws IOException {
    PackageTable table = PackageTable.read();

    List<String> violations =
        CLASSES.stream()
            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isOurs(dependency.getTargetClass()))
            .filter(dependency -> !isAllowed(table, dependency))
            .map(Dependency::getDescription)
            .toList();

    assertThat(violations).isEmpty();
  }

  @Test
  void packages_areTheRowsOfTheTable() throws IOException {
    Set<String> packages = CLASSES.stream().map(PackageTableTest::row).collect(toSet());

    assertThat(PackageTable.read().mayUse().keySet()).isEqualTo(packages);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static boolean isAllowed(PackageTable table, Dependency dependency) {
    String user = row(dependency.getOriginClass());
    String used = row(dependency.getTargetClass());
    return user.equals(used) || table.mayUse().getOrDefault(user, Set.of()).contains(used);
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
  }

  /// The first part of the package's name after the root: packages within belong to it.
  private static String row(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    return below.replaceFirst("^\\.", "").replaceFirst("\\..*", "");
  }
}
