package io.tidemark.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.MigratedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInLinkStoreIT {

  private final SettableTime time = new SettableTime();
  private final MigratedDatabase database = MigratedDatabase.open();
  private final SignInLinkStore links = new SignInLinkStore(database.dataSource(), time);

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void take_aLink_worksOnce() {
    String token = links.create();

    assertThat(links.take(token)).isPresent();
    assertThat(links.take(token)).isEmpty();
  }

  @Test
  void take_manyAtOnce_oneSucceeds() throws Exception {
    String token = links.create();
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Boolean>> attempts = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int person = 0; person < 8; person++) {
        attempts.add(
            people.submit(() -> {
              start.await();
              return links.take(token).isPresent();
            }));
      }
      start.countDown();
    }

    assertThat(attempts.stream().filter(Future::resultNow)).hasSize(1);
  }

  @Test
  void take_afterItsLifetime_isRefusedAndGone() {
    String token = links.create();
    time.pass(SignInLinkStore.LIFETIME);

    assertThat(links.take(token)).isEmpty();
    assertThat(count()).isZero();
  }

  @Test
  void take_justBeforeItsEnd_works() {
    String token = links.create();
    time.pass(SignInLinkStore.LIFETIME.minusSeconds(1));

    assertThat(links.take(token)).isPresent();
  }

  @Test
  void take_wrongToken_isRefused() {
    links.create();

    assertThat(links.take("wrong")).isEmpty();
  }

  @Test
  void create_manyLinks_forgetsTheOldest() {
    String oldest = links.create();
    time.pass(Duration.ofSeconds(1));
    String newest = oldest;
    for (int link = 0; link < SignInLinkStore.MOST_LINKS; link++) {
      newest = links.create();
      time.pass(Duration.ofSeconds(1));
    }

    assertThat(count()).isEqualTo(SignInLinkStore.MOST_LINKS);
    assertThat(links.take(oldest)).isEmpty();
    assertThat(links.take(newest)).isPresent();
  }

  @Test
  void create_expiredLinks_areCleared() {
    links.create();
    time.pass(SignInLinkStore.LIFETIME);

    links.create();

    assertThat(count()).isEqualTo(1);
  }

  private long count() {
    return database.count("SELECT count(*) FROM sign_in_link");
  }
}
