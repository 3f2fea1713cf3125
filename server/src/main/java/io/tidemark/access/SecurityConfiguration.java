package io.tidemark.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
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
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Which request may do what. Three ways in, tried in this order: programs with a key, what is open
/// to everyone, people with a session. Only the last one knows sessions, and with them the defence
/// against forged requests; a key is never sent by a browser on its own. What no way allows is
/// denied. The intake comes before all of this and has its own door ([RecordingAccess]).
///
/// Attempts to sign in are not counted: nobody guesses 256 bits in the 15 minutes that a link
/// lives.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {

  /// Asked by programs just when keys cannot be looked up: a key that comes along is not looked at.
  private static final String INTAKE_STATE = "/api/v1/intake";

  /// Links that were shared; the token is in the address.
  private static final String SHARED = "/api/v1/shared/**";

  private static final String[] OPEN = {
    "/",
    "/index.html",
    "/questions",
    "/saved/**",
    "/shared",
    "/dashboard/**",
    "/lib/**",
    "/favicon.ico",
    "/favicon.svg",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    INTAKE_STATE,
    SHARED
  };

  private static final String[] READING = {
    "/api/v1/**",
    "/actuator/**",
    "/v3/api-docs",
    "/v3/api-docs.yaml",
    "/v3/api-docs/**",
    "/swagger-ui.html",
    "/swagger-ui/**"
  };

  /// What those who may ask also keep: they ask with a document, so not by `GET` alone.
  private static final String[] QUESTIONS = {
    "/api/v1/questions", "/api/v1/saved-questions/**", "/api/v1/dashboards/**"
  };

  private final KnownKeys keys;
  private final AccessProblems problems;

  SecurityConfiguration(
      KnownKeys keys,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers,
      ObjectProvider<HandlerMapping> addresses) {
    this.keys = keys;
    this.problems = new AccessProblems(answers, new KnownAddresses(addresses));
  }

  /// Programs that ask; to those that may, health tells its details.
  @Bean
  @Order(1)
  SecurityFilterChain keyAccess(HttpSecurity http) {
    http.securityMatcher(request ->
            PresentedKey.isPresented(request) && !INTAKE_STATE.equals(request.getServletPath()))
        .headers(PageHeaders::write)
        .addFilterBefore(
            new KeyAuthenticationFilter(keys, problems), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(requests -> {
          requests.requestMatchers(OPEN).permitAll();
          allowReading(requests);
        });
    return answeringProblems(withoutSession(http)).build();
  }

  /// The pages themselves, and whether the server is well and takes records: answered without the
  /// database, whatever cookie comes along.
  @Bean
  @Order(2)
  SecurityFilterChain openAccess(HttpSecurity http) {
    http.securityMatcher(OPEN)
        .headers(PageHeaders::write)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
    return withoutSession(http).build();
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
        .authorizeHttpRequests(requests -> {
          requests.requestMatchers("/sign-in").permitAll();
          allowReading(requests);
        });
    return answeringProblems(http).build();
  }

  @Bean
  static AuthenticationProvider signInByLink(SignInLinkStore links) {
    return new OneTimeTokenAuthenticationProvider(
        new OneTimeLinks(links),
        name -> User.withUsername(name).password("").authorities(Permission.ofPeople()).build());
  }

  @Bean
  RequestRejectedHandler requestRejectedHandler() {
    return problems::answerRejected;
  }

  /// Requests are measured as a whole; timing every filter of each would cost more than the filters
  /// do.
  @Bean
  static SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }

  /// Pages by their short names. The token behind `#` of `/sign-in` stays in the browser until
  /// someone presses the button, that of `/shared` until the page asks what it shows.
  @Bean
  static WebMvcConfigurer pages() {
    return new WebMvcConfigurer() {
      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        for (String page : List.of("sign-in", "questions", "shared")) {
          registry.addViewController("/" + page).setViewName("forward:/" + page + ".html");
        }
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

  private static HttpSecurity withoutSession(HttpSecurity http) {
    return http.addFilterBefore(new SessionlessFilter(), DisableEncodeUrlFilter.class)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable);
  }

  /// What a request was forwarded to (a page by its short name) was decided when it came in.
  private static void allowReading(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    String ask = Permission.ASK.getAuthority();
    requests
        .dispatcherTypeMatchers(DispatcherType.FORWARD)
        .permitAll()
        .requestMatchers(HttpMethod.GET, READING)
        .hasAuthority(ask)
        .requestMatchers(HttpMethod.HEAD, READING)
        .hasAuthority(ask)
        .requestMatchers(QUESTIONS)
        .hasAuthority(ask)
        .anyRequest()
        .denyAll();
  }
}
