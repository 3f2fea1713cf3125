package io.tidemark.access;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.SpringSessionDataSource;
import org.springframework.session.jdbc.config.annotation.SpringSessionTransactionManager;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.transaction.PlatformTransactionManager;

/// Wires keys, links and sessions. Keys are looked up with intake connections: no question can keep
/// a record waiting.
@Configuration(proxyBeanMethods = false)
@Import(SessionController.class)
public class AccessConfiguration {

  private static final Duration SESSION_IDLE = Duration.ofDays(30);

  /// A cookie is written once, when someone signs in; how long the session is good is decided here,
  /// not in the browser.
  private static final Duration COOKIE_AGE = Duration.ofDays(365);

  /// Expired sessions are refused at once; this only clears them away.
  private static final String HOURLY = "0 11 * * * *";

  /// Writes seldom, and nothing to a database that is read-only: questions are answered then too.
  private static final String UPDATE_SESSION =
      "CALL /* access.update_session */ update_session(?, ?, ?, ?, ?, ?)";

  @Bean
  KeyStore keyStore(@Qualifier("intake") DataSource dataSource, InstantSource time) {
    return new KeyStore(dataSource, time);
  }

  @Bean
  KnownKeys knownKeys(KeyStore store) {
    return new KnownKeys(store, Ticker.systemTicker());
  }

  @Bean
  RecordingAccess recordingAccess(KnownKeys keys) {
    return new RecordingAccess(keys);
  }

  @Bean
  SignInLinkStore signInLinkStore(
      @Qualifier("question") DataSource dataSource, InstantSource time) {
    return new SignInLinkStore(dataSource, time);
  }

  @Bean(destroyMethod = "", defaultCandidate = false)
  @SpringSessionDataSource
  DataSource sessionDataSource(@Qualifier("question") DataSource dataSource) {
    return dataSource;
  }

  @Bean(defaultCandidate = false)
  @SpringSessionTransactionManager
  PlatformTransactionManager sessionTransactionManager(
      @Qualifier("question") DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionRepositoryCustomizer() {
    return sessions -> {
      sessions.setDefaultMaxInactiveInterval(SESSION_IDLE);
      sessions.setUpdateSessionQuery(UPDATE_SESSION);
      sessions.setCleanupCron(HOURLY);
    };
  }

  /// HttpOnly and, over TLS, Secure by Spring Session's own defaults.
  @Bean
  CookieSerializer cookieSerializer() {
    SessionCookies cookie = new SessionCookies();
    cookie.setCookieName("tidemark_session");
    cookie.setSameSite("Lax");
    cookie.setCookieMaxAge((int) COOKIE_AGE.toSeconds());
    return cookie;
  }
}
