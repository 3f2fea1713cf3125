package io.tidemark.platform;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/// How requests are answered, whatever they ask: problems in one form, static files that browsers
/// keep.
@Configuration(proxyBeanMethods = false)
@Import({ProblemAdvice.class, ProblemErrorController.class})
public class WebConfiguration {

  /// Browsers ask whether a file has changed and are told by its content: dates of files in a jar
  /// say nothing. Weak, so that the answer may be compressed.
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> staticFileTags() {
    ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
    filter.setWriteWeakETag(true);
    FilterRegistrationBean<ShallowEtagHeaderFilter> registration =
        new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns("/lib/*", "/dashboard/*");
    return registration;
  }
}
