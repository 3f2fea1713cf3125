package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionRoomTest {

  private static final long MEGABYTE = 1024L * 1024;

  @Test
  void findTrouble_enoughOfBoth_isNone() {
    assertThat(new ConnectionRoom(65_536, 768 * MEGABYTE).findTrouble(20_000)).isEmpty();
  }

  @Test
  void findTrouble_fewFiles_saysHowManyAndHow() {
    assertThat(new ConnectionRoom(1_024, 768 * MEGABYTE).findTrouble(20_000))
        .singleElement()
        .asString()
        .contains("may open 1024 files", "max-connections=20000", "20500", "LimitNOFILE=");
  }

  @Test
  void findTrouble_smallHeap_saysHowMuchAndHow() {
    assertThat(new ConnectionRoom(65_536, 256 * MEGABYTE).findTrouble(20_000))
        .singleElement()
        .asString()
        .contains("heap of 256 MB", "max-connections=20000", "TIDEMARK_JAVA_OPTIONS=-Xmx390m");
  }

  @Test
  void findTrouble_fewerConnections_needLess() {
    assertThat(new ConnectionRoom(1_024, 64 * MEGABYTE).findTrouble(500)).isEmpty();
  }
}
