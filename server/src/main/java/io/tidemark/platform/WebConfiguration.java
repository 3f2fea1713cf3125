package io.tidemark.platform;

import org.apache.coyote.ContinueResponseTiming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How requests are answered, whatever they ask: problems in one form, static files that browsers
/// keep.
@Configuration(proxyBeanMethods = false)
@Import({ProblemAdvice.class, EmptyRefusals.class})
public class WebConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(WebConfiguration.class);

  /// Each connection has them for as long as it is open. What is larger is read and written past
  /// them.
  private static final int READ_BUFFER_BYTES = 4 * 1024;

  private static final int WRITE_BUFFER_BYTES = 2 * 1024;

  /// Browsers ask whether a file has changed and are told by its content: dates of files in a jar
  /// say nothing. Weak, so that the answer may be compressed.
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> staticFileTags() {
    ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
    filter.setWriteWeakETag(true);
    FilterRegistrationBean<ShallowEtagHeaderFilter> registration =
        new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns("/lib/*", "/dashboard/*", "/saved/*");
    return registration;
  }

  /// A client that asks before it sends a body is told to send it once someone reads it: not when
  /// it has no key, or sends too much.
  @Bean
  TomcatConnectorCustomizer manyConnections() {
    return connector -> {
      connector.setProperty(
          "continueResponseTiming", ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
      connector.setProperty("socket.appReadBufSize", Integer.toString(READ_BUFFER_BYTES));
      connector.setProperty("socket.appWriteBufSize", Integer.toString(WRITE_BUFFER_BYTES));
    };
  }

  /// Who answers slowly may ask whether the client is still there.
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> clientPresence() {
    return server -> server.addEngineValves(new ClientPresence.Valve());
  }

  /// After Spring Boot's own valve, so within it: what is answered here it leaves alone.
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problems() {
    return server ->
        server.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ProblemValve()));
  }

  @Bean
  WebMvcConfigurer declaredParameters() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new DeclaredParameters());
      }
    };
  }

  @Bean
  ApplicationRunner connectionRoomCheck(
      @Value("${tidemark.server.max-connections}") int maxConnections) {
    return arguments ->
        ConnectionRoom.ofThisProcess().findTrouble(maxConnections).forEach(LOG::warn);
  }
}
