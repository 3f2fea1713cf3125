package io.tidemark.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tidemark.platform.KnownSettings;
import io.tidemark.platform.UnknownSettingsException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// `config/tidemark.yaml` lists every setting there is, each with its meaning, and no other.
class SettingsListTest {

  private static final Path LIST = Path.of("..", "config", "tidemark.yaml");
  private static final Path SOURCES = Path.of("src", "main");
  private static final Pattern LINE = Pattern.compile("( *)([a-z-]+):(.*)");

  /// Where code or Spring's settings name a setting by itself.
  private static final Pattern NAMED =
      Pattern.compile("(?:\\$\\{|Property\\(\\s*\")(tidemark\\.[a-z.-]+)");

  @Test
  void list_isWhatTheCodeBinds() throws IOException {
    Set<String> bound = new TreeSet<>(boundByRecords());
    bound.addAll(namedInSources());

    assertThat(new TreeSet<>(listed().keySet())).isEqualTo(bound);
  }

  @Test
  void list_everySettingHasItsMeaning() throws IOException {
    assertThat(listed()).allSatisfy((key, isExplained) -> assertThat(isExplained).as(key).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tidemark.databse.url=x",
        "--tidemark.database.urll=x",
        "--tidemark.ingest=2",
        "--tidemark.insight.funnel-step[0]=x",
        "--tidemark.anything.at.all=x"
      })
  void start_unknownSetting_isStopped(String argument) {
    assertThatThrownBy(() -> start(Map.of(), argument))
        .isInstanceOf(UnknownSettingsException.class)
        .hasMessageContaining(argument.substring(2, argument.indexOf('=')));
  }

  @Test
  void start_unknownVariable_isStopped() {
    assertThatThrownBy(
            () -> start(Map.of("TIDEMARK_DATABASE_ULR", "x", "TIDEMARK_SERVER_PORT", "1")))
        .isInstanceOf(UnknownSettingsException.class)
        .hasMessageContaining("TIDEMARK_DATABASE_ULR")
        .hasMessageNotContaining("TIDEMARK_SERVER_PORT");
  }

  @Test
  void start_everyKnownSetting_isTaken() throws IOException {
    String[] arguments =
        listed().keySet().stream().map(key -> "--" + key + "=1").toArray(String[]::new);

    assertThatCode(() -> start(Map.of("TIDEMARK_INSIGHT_ENGAGEMENT_WEIGHTS_LOGIN", "3"), arguments))
        .doesNotThrowAnyException();
    assertThatCode(() -> start(Map.of(), "--tidemark.insight.engagement-weights.login=3"))
        .doesNotThrowAnyException();
  }

  private static void start(Map<String, Object> variables, String... arguments) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    new SpringApplicationBuilder(SettingsListTest.class)
        .web(WebApplicationType.NONE)
        .environment(environment)
        .initializers(new KnownSettings())
        .logStartupInfo(false)
        .run(arguments)
        .close();
  }

  private static Set<String> boundByRecords() {
    Set<String> keys = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.tidemark")) {
      if (type.isAnnotatedWith(ConfigurationProperties.class)) {
        addKeys(
            type.getAnnotationOfType(ConfigurationProperties.class).prefix(), type.reflect(), keys);
      }
    }
    return keys;
  }

  private static void addKeys(String prefix, Class<?> settings, Set<String> keys) {
    for (RecordComponent component : settings.getRecordComponents()) {
      String key =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        addKeys(key, component.getType(), keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static Set<String> namedInSources() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|yaml)")).toList()) {
        Matcher named = NAMED.matcher(Files.readString(file));
        while (named.find()) {
          keys.add(named.group(1));
        }
      }
    }
    return keys;
  }

  /// The keys of the list, and whether each or the keys it stands with have a comment above. What
  /// is in a map is the user's own.
  private static Map<String, Boolean> listed() throws IOException {
    Map<String, Boolean> keys = new TreeMap<>();
    List<String> path = new ArrayList<>();
    int commentDepth = -1;
    List<String> lines = Files.readAllLines(LIST);
    for (int i = 0; i < lines.size(); i++) {
      Matcher line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        commentDepth = lines.get(i).isBlank() ? -1 : lines.get(i).indexOf('#') / 2;
        continue;
      }
      int depth = line.group(1).length() / 2;
      path = new ArrayList<>(path.subList(0, Math.min(depth, path.size())));
      path.add(line.group(2));
      String key = String.join(".", path);
      boolean isMap = key.equals("tidemark.insight.engagement-weights");
      if (isMap
          || (!line.group(3).isBlank()
              && !key.startsWith("tidemark.insight.engagement-weights."))) {
        keys.put(key, commentDepth == depth);
      }
    }
    return keys;
  }
}
