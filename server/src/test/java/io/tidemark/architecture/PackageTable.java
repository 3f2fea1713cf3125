package io.tidemark.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The package table of `ARCHITECTURE.md`: what each package may use.
record PackageTable(Map<String, Set<String>> mayUse) {

  private static final Path DOCUMENT = Path.of("..", "ARCHITECTURE.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

  static PackageTable read() throws IOException {
    Map<String, Set<String>> mayUse = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(DOCUMENT));
    while (row.find()) {
      mayUse.put(row.group(1), names(row.group(2)));
    }
    return new PackageTable(mayUse);
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(cell)
        .results()
        .map(MatchResult::group)
        .map(name -> name.replace("`", ""))
        .forEach(names::add);
    if (names.isEmpty() && !cell.strip().equals("–")) {
      throw new IllegalStateException("Neither packages nor a dash: " + Arrays.asList(cell));
    }
    return names;
  }
}
