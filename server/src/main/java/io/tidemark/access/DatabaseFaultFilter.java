package io.tidemark.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers as any other fault of the database what a filter meets that looks for a key or a
/// session: no controller is there yet to have its exceptions handled.
final class DatabaseFaultFilter extends OncePerRequestFilter {

  private final AccessProblems problems;

  DatabaseFaultFilter(AccessProblems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (DataAccessException | TransactionException fault) {
      if (response.isCommitted()) {
        throw fault;
      }
      problems.answerDatabaseFault(request, response, fault);
    }
  }
}
