package io.tidemark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.access.KeyKind;
import io.tidemark.testing.CapturedLog;
import io.tidemark.testing.TidemarkServer;
import java.net.http.HttpResponse;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// A value that all checks let pass and PostgreSQL refuses is the client's mistake, not an outage.
class RefusedValueE2E {

  @Configuration(proxyBeanMethods = false)
  static class Casting {

    @Bean
    Numbers numbers(@Qualifier("question") DataSource database) {
      return new Numbers(JdbcClient.create(database));
    }
  }

  @RestController
  static final class Numbers {

    private final JdbcClient jdbc;

    Numbers(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @GetMapping("/api/v1/test-number")
    int number() {
      return jdbc.sql("SELECT CAST(? AS integer)").param("hush").query(Integer.class).single();
    }
  }

  @Test
  void value_thatTheDatabaseRefuses_is400AndNotInTheLog() {
    try (TidemarkServer server = TidemarkServer.startWith(Casting.class);
        CapturedLog log = new CapturedLog()) {
      HttpResponse<String> answer = server.get(server.key(KeyKind.READ), "/api/v1/test-number");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"code\":\"invalid_parameter\"");
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .endsWith("The database refused a value of a request: PSQLException, SQLSTATE 22P02");
    }
  }
}
