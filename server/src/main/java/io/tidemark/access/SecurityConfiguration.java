package io.tidemark.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Which request may do what. Three ways in, tried in this order: records with a key, anything else
/// with a key, people with a session. Only the last one knows sessions, and with them the defence
/// against forged requests; a key is never sent by a browser on its own.
///
/// Attempts to sign in are not counted: nobody guesses 256 bits in the 15 minutes that a link
/// lives.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {

  private static final String[] INTAKE = {"/api/v1/batch"};

  private static final String[] FOR_EVERYONE = {
    "/",
    "/index.html",
    "/sign-in",
    "/dashboard/**",
    "/lib/**",
    "/favicon.ico",
    "/favicon.svg",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness"
  };

  private static final String[] FOR_THOSE_WHO_MAY_ASK = {
    "/api/v1/**",
    "/actuator/**",
    "/v3/api-docs",
    "/v3/api-docs.yaml",
    "/v3/api-docs/**",
    "/swagger-ui.html",
    "/swagger-ui/**"
  };

  /// Any site's pages may record. They name their key themselves; cookies are neither wanted nor
  /// allowed.
  private static final CorsConfiguration ANY_SITE = anySite();

  private final KnownKeys keys;
  private final AccessProblems problems;

  SecurityConfiguration(
      KnownKeys keys, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    this.keys = keys;
    this.problems = new AccessProblems(answers);
  }

  /// Records, from servers and from the pages of any site.
  @Bean
  @Order(1)
  SecurityFilterChain intakeAccess(HttpSecurity http) {
    http.securityMatchers(matchers ->
            matchers
                .requestMatchers(HttpMethod.POST, INTAKE)
                .requestMatchers(HttpMethod.OPTIONS, INTAKE))
        .cors(cors -> cors.configurationSource(request -> ANY_SITE))
        .headers(headers -> headers.defaultsDisabled().contentTypeOptions(options -> {}))
        .addFilterBefore(
            new KeyAuthenticationFilter(keys, PresentedKey::inHeaderOrAddress, problems),
            AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .anyRequest()
                .hasAuthority(Permission.RECORD.getAuthority()));
    withoutSession(http);
    return answeringProblems(http).build();
  }

  /// Programs that ask.
  @Bean
  @Order(2)
  SecurityFilterChain keyAccess(HttpSecurity http) {
    http.securityMatcher(PresentedKey::isPresented)
        .headers(PageHeaders::write)
        .addFilterBefore(
            new KeyAuthenticationFilter(keys, PresentedKey::inHeader, problems),
            AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(SecurityConfiguration::decideByPath);
    withoutSession(http);
    return answeringProblems(http).build();
  }

  /// People.
  @Bean
  @Order(3)
  SecurityFilterChain personAccess(HttpSecurity http, AuthenticationProvider signInByLink) {
    CookieCsrfTokenRepository forgeryTokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    forgeryTokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));

    http.securityContext(context -> context.securityContextRepository(new SignedInPeople()))
        .requestCache(AbstractHttpConfigurer::disable)
        .csrf(csrf -> csrf.spa().csrfTokenRepository(forgeryTokens))
        .headers(PageHeaders::write)
        .authenticationManager(new ProviderManager(signInByLink))
        .oneTimeTokenLogin(login ->
            login
                .authenticationProvider(signInByLink)
                .loginPage("/sign-in")
                .loginProcessingUrl("/login/ott")
                .showDefaultSubmitPage(false)
                .generateRequestResolver(request -> null)
                .tokenGenerationSuccessHandler((request, response, token) -> {})
                .successHandler((request, response, person) ->
                    response.setStatus(HttpServletResponse.SC_NO_CONTENT))
                .failureHandler(
                    (request, response, failure) -> problems.answerLinkUsedUp(request, response)))
        .logout(logout ->
            logout.logoutSuccessHandler(
                new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
        .authorizeHttpRequests(SecurityConfiguration::decideByPath);
    return answeringProblems(http).build();
  }

  @Bean
  static AuthenticationProvider signInByLink(SignInLinkStore links) {
    return new OneTimeTokenAuthenticationProvider(
        new OneTimeLinks(links),
        name -> User.withUsername(name).password("").authorities(Permission.ASK).build());
  }

  /// `/sign-in` is a page of its own: the token behind `#` stays in the browser until someone
  /// presses the button.
  @Bean
  static WebMvcConfigurer signInPage() {
    return new WebMvcConfigurer() {
      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/sign-in").setViewName("forward:/sign-in.html");
      }
    };
  }

  private HttpSecurity answeringProblems(HttpSecurity http) {
    return http.addFilterBefore(new DatabaseFaultFilter(problems), DisableEncodeUrlFilter.class)
        .exceptionHandling(handling ->
            handling
                .authenticationEntryPoint(
                    (request, response, missing) -> problems.answerKeyMissing(request, response))
                .accessDeniedHandler(problems::answerDenied));
  }

  private static CorsConfiguration anySite() {
    CorsConfiguration sites = new CorsConfiguration();
    sites.setAllowedOrigins(List.of(CorsConfiguration.ALL));
    sites.setAllowedMethods(List.of("POST", "OPTIONS"));
    sites.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            "X-Retry-Count"));
    sites.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
    sites.setMaxAge(Duration.ofDays(1));
    return sites;
  }

  private static void withoutSession(HttpSecurity http) {
    http.sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable);
  }

  private static void decideByPath(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    String ask = Permission.ASK.getAuthority();
    requests
        .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
        .permitAll()
        .requestMatchers(FOR_EVERYONE)
        .permitAll()
        .requestMatchers(HttpMethod.GET, FOR_THOSE_WHO_MAY_ASK)
        .hasAuthority(ask)
        .requestMatchers(HttpMethod.HEAD, FOR_THOSE_WHO_MAY_ASK)
        .hasAuthority(ask)
        .anyRequest()
        .denyAll();
  }
}
