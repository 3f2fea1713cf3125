package io.tidemark.platform;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// How requests are answered that went wrong, whatever they asked.
@Configuration(proxyBeanMethods = false)
@Import(ProblemAdvice.class)
public class WebConfiguration {}
