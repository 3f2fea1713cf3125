package io.tidemark.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Stops the start when a setting is named that does not exist: a misspelt setting would otherwise
/// be one silently at its default. What exists is what `tidemark.yaml` in the jar lists.
public final class KnownSettings
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String PREFIX = "tidemark.";
  private static final String ENVIRONMENT_PREFIX = "TIDEMARK_";

  /// Environment variables of the launcher, of those who ask from a terminal and of the tests,
  /// which are no settings of the server.
  private static final List<String> OTHER_VARIABLES =
      List.of("TIDEMARK_JAVA_", "TIDEMARK_ASK_", "TIDEMARK_TEST_");

  /// Settings that hold names of the user's own.
  private static final List<String> MAPS = List.of("tidemark.insight.engagement-weights");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Set<String> known = new TreeSet<>();
    List<PropertySource<?>> sources = new ArrayList<>();
    for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> listed
          && source.getName().contains("class path resource [tidemark.yaml]")) {
        known.addAll(List.of(listed.getPropertyNames()));
      } else {
        sources.add(source);
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (PropertySource<?> source : sources) {
      if (source instanceof SystemEnvironmentPropertySource variables) {
        findUnknownVariables(variables, known, unknown);
      } else if (source instanceof EnumerablePropertySource<?> properties) {
        findUnknownProperties(properties, known, unknown);
      }
    }
    if (!unknown.isEmpty()) {
      throw new UnknownSettingsException(unknown);
    }
  }

  private static void findUnknownVariables(
      SystemEnvironmentPropertySource variables, Set<String> known, Set<String> unknown) {
    Set<String> allowed = new TreeSet<>();
    for (String key : known) {
      allowed.add(variable(key));
    }
    for (String name : variables.getPropertyNames()) {
      if (name.startsWith(ENVIRONMENT_PREFIX)
          && OTHER_VARIABLES.stream().noneMatch(name::startsWith)
          && MAPS.stream().noneMatch(map -> name.startsWith(variable(map)))
          && !allowed.contains(name)) {
        unknown.add(name);
      }
    }
  }

  private static void findUnknownProperties(
      EnumerablePropertySource<?> properties, Set<String> known, Set<String> unknown) {
    for (String name : properties.getPropertyNames()) {
      if (name.startsWith(PREFIX)
          && MAPS.stream().noneMatch(name::startsWith)
          && !known.contains(name.replaceAll("\\[\\d+]$", ""))) {
        unknown.add(name);
      }
    }
  }

  /// The environment variable of a setting.
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
