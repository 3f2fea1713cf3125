#!/usr/bin/env bash
# jackson-dataformat-csv: ALWAYS_QUOTE_EMPTY_STRINGS has no effect when STRICT_CHECK_FOR_QUOTING is on too. An empty text then
# comes out unquoted, just as null does, and who reads it back with EMPTY_UNQUOTED_STRING_AS_NULL gets null for it.
# ALWAYS_QUOTE_STRINGS does win over the strict check.
#
# Needs java (JDK 17 or newer) and mvn. Another version: JACKSON_CSV=3.1.6
# Exit codes: 0 as described, 1 the behaviour has changed, 2 could not run.
set -Eeuo pipefail

jackson_csv="${JACKSON_CSV:-3.1.7}"

work="$(mktemp -d)"
cleanup() {
  status=$?
  trap - ERR
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 2' INT TERM
trap 'echo "Could not run: line $LINENO" >&2; exit 2' ERR

maven() {
  mvn -B -q "$@" >mvn.log 2>&1 || { cat mvn.log >&2; false; }
}

cd "$work" # also: no .mvn folder of a project counts
cat >pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>tools.jackson.dataformat</groupId>
      <artifactId>jackson-dataformat-csv</artifactId>
      <version>$jackson_csv</version>
    </dependency>
  </dependencies>
</project>
POM
maven org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy-dependencies -DoutputDirectory="$work/jars"

cat >QuoteEmptyStrings.java <<'JAVA'
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.csv.CsvWriteFeature;

class QuoteEmptyStrings {

  static final List<String> ROW = Arrays.asList("a", "", null, "b c", "d,e");
  static final CsvSchema COLUMNS = CsvSchema.builder().addColumns(List.of("1", "2", "3", "4", "5"), CsvSchema.ColumnType.STRING).build();
  static boolean asDescribed = true;

  public static void main(String[] args) throws Exception {
    CsvMapper plain = CsvMapper.builder().build();
    System.out.println("jackson-dataformat-csv  " + plain.tokenStreamFactory().version());
    System.out.println("Java                    " + Runtime.version());
    System.out.println();
    System.out.println("A row of: " + shown(ROW));
    System.out.println();

    check("neither feature", "a,,,\"b c\",\"d,e\"", shown("a", null, null, "b c", "d,e"));
    check(
        "ALWAYS_QUOTE_EMPTY_STRINGS",
        "a,\"\",,\"b c\",\"d,e\"",
        shown("a", "", null, "b c", "d,e"),
        CsvWriteFeature.ALWAYS_QUOTE_EMPTY_STRINGS);
    check(
        "ALWAYS_QUOTE_EMPTY_STRINGS and STRICT_CHECK_FOR_QUOTING  (expected: a,\"\",,b c,\"d,e\")",
        "a,,,b c,\"d,e\"",
        shown("a", null, null, "b c", "d,e"),
        CsvWriteFeature.ALWAYS_QUOTE_EMPTY_STRINGS,
        CsvWriteFeature.STRICT_CHECK_FOR_QUOTING);
    check(
        "ALWAYS_QUOTE_STRINGS and STRICT_CHECK_FOR_QUOTING",
        "\"a\",\"\",,\"b c\",\"d,e\"",
        shown("a", "", null, "b c", "d,e"),
        CsvWriteFeature.ALWAYS_QUOTE_STRINGS,
        CsvWriteFeature.STRICT_CHECK_FOR_QUOTING);
    System.exit(asDescribed ? 0 : 3);
  }

  static void check(String what, String line, String readBack, CsvWriteFeature... features) throws Exception {
    CsvMapper writer = CsvMapper.builder().enable(features).build();
    String written = writer.writer(COLUMNS).writeValueAsString(ROW).strip();
    CsvMapper reader =
        CsvMapper.builder().enable(CsvReadFeature.WRAP_AS_ARRAY, CsvReadFeature.EMPTY_UNQUOTED_STRING_AS_NULL).build();
    String read;
    try (MappingIterator<List<String>> rows = reader.readerForListOf(String.class).readValues(written)) {
      read = shown(rows.next());
    }
    boolean same = written.equals(line) && read.equals(readBack);
    asDescribed &= same;
    System.out.println(what);
    System.out.println("  written       " + written);
    System.out.println("  read back     " + read);
    System.out.println("  as described  " + (same ? "yes" : "NO, was " + line + " and " + readBack));
  }

  static String shown(String... values) {
    return shown(Arrays.asList(values));
  }

  static String shown(List<String> values) {
    return values.stream().map(value -> value == null ? "null" : "'" + value + "'").toList().toString();
  }
}
JAVA

result=0
java -cp 'jars/*' QuoteEmptyStrings.java || result=$?
echo
case "$result" in
  0) echo "As described: the strict check takes no notice of ALWAYS_QUOTE_EMPTY_STRINGS." ;;
  3) echo "The behaviour has changed."; exit 1 ;;
  *) echo "Could not run: java exited with $result" >&2; exit 2 ;;
esac
