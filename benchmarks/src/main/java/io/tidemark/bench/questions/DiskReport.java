package io.tidemark.bench.questions;

import io.tidemark.bench.TextTable;
import io.tidemark.bench.rows.ComparedTable;
import java.util.Locale;

/// Prints what the rows take on disk.
record DiskReport(DiskUse disk) {

  private static final double MB = 1e6;

  String text() {
    return facts() + "\n" + rollups() + "\n" + tables();
  }

  private String facts() {
    TextTable table =
        new TextTable(
            "bytes a record, indexes included",
            "records",
            "report",
            "of which indexes",
            "Tidemark",
            "rows",
            "identities",
            "batches",
            "of the report's");
    double reportBytes = 0;
    long reportIndexes = 0;
    long reportRows = 0;
    for (ComparedTable fact : ComparedTable.values()) {
      TableSize report = disk.report(fact);
      DiskUse.Detail detail = disk.tidemark(fact);
      long records = disk.tidemarkRecords(fact);
      reportBytes += report.bytes();
      reportIndexes += report.indexBytes();
      reportRows += report.rows();
      add(
          table,
          fact.fact(),
          records,
          perRow((double) report.bytes(), report.rows()),
          perRow((double) report.indexBytes(), report.rows()),
          perRow(detail.rows(), records),
          perRow(detail.identities(), records),
          perRow(detail.batches(), records));
    }
    long records = disk.tidemarkRecords();
    add(
        table,
        "all",
        records,
        perRow(reportBytes, reportRows),
        perRow((double) reportIndexes, reportRows),
        perRow((double) disk.tidemarkBytes(TableSize.Purpose.FACT), records),
        perRow((double) disk.tidemarkBytes(TableSize.Purpose.IDENTITY), records),
        perRow((double) disk.tidemarkBytes(TableSize.Purpose.BATCH), records));
    return table
        + "Both after VACUUM. The report's indexes were built over all rows at once, which leaves them as compact as they get.\n";
  }

  private static void add(
      TextTable table,
      String name,
      long records,
      double report,
      double indexes,
      double rows,
      double identities,
      double batches) {
    double tidemark = rows + identities + batches;
    table.add(
        name,
        "%,d".formatted(records),
        "%.1f".formatted(report),
        "%.1f".formatted(indexes),
        "%.1f".formatted(tidemark),
        "%.1f".formatted(rows),
        "%.1f".formatted(identities),
        "%.1f".formatted(batches),
        "%.1f %%".formatted(100 * tidemark / report));
  }

  private String rollups() {
    TextTable table = new TextTable("rollups", "rows", "MB", "of Tidemark's detail");
    long bytes = 0;
    for (TableSize rollup : disk.tidemark(TableSize.Purpose.ROLLUP)) {
      bytes += rollup.bytes();
      table.add(
          rollup.name(),
          "%,d".formatted(rollup.rows()),
          megabytes(rollup.bytes()),
          share(rollup.bytes()));
    }
    return table.add("all", "", megabytes(bytes), share(bytes)).toString();
  }

  private String tables() {
    TextTable table = new TextTable("every table, MB", "rows", "table", "indexes", "both", "for");
    for (TableSize size : disk.tables()) {
      table.add(
          (size.isCompared() ? "report · " : "Tidemark · ") + size.name(),
          "%,d".formatted(size.rows()),
          megabytes(size.tableBytes()),
          megabytes(size.indexBytes()),
          megabytes(size.bytes()),
          size.isCompared() ? "" : size.purpose().name().toLowerCase(Locale.ROOT));
    }
    return table.toString();
  }

  private String share(long bytes) {
    return "%.1f %%".formatted(100.0 * bytes / Math.max(1, disk.tidemarkDetailBytes()));
  }

  private static double perRow(double bytes, long rows) {
    return bytes / Math.max(1, rows);
  }

  private static String megabytes(long bytes) {
    return "%,.1f".formatted(bytes / MB);
  }
}
