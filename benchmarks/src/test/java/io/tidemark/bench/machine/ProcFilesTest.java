package io.tidemark.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcFilesTest {

  @Test
  void memoryMap_proportionalSize_isInBytes() {
    String map =
        """
        55a4c6e00000-7ffd5d9f1000 ---p 00000000 00:00 0                          [rollup]
        Rss:              310000 kB
        Pss:              250000 kB
        Pss_Dirty:        200000 kB
        """;

    assertThat(MemoryMap.proportionalBytes(map)).isEqualTo(250_000L * 1024);
    assertThat(MemoryMap.proportionalBytes("")).isZero();
  }

  @Test
  void tcpTable_countsOnlyEstablishedConnectionsToThePort() {
    String table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
           1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 2
           2: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C002 01 0:0 0:0 0 0 0 3
           3: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 4
           4: 0100007F:1F90 0100007F:C003 06 00000000:00000000 00:00000000 00000000     0        0 5
        """;

    assertThat(TcpTable.countEstablished(table, 8080)).isEqualTo(2);
  }

  @Test
  void machine_isNamedByItsFirstProcessor() {
    Machine machine =
        Machine.of(
            "processor\t: 0\nmodel name\t: Some CPU\nprocessor\t: 1\nmodel name\t: Some CPU\n",
            "MemTotal:       24641000 kB\nMemFree:         1 kB\n",
            2,
            "Linux");

    assertThat(machine).isEqualTo(new Machine("Some CPU", 2, 24_641_000L * 1024, "Linux"));
    assertThat(Machine.of("", "", 1, "Linux").processor()).isEqualTo("unknown processor");
  }
}
