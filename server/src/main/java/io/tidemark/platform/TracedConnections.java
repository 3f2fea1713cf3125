package io.tidemark.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.lifecycle.JdbcLifecycleEventListenerAdapter;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Connections whose statements are traced where a [StatementTrace] is under way, and else cost
/// nothing more. Thread-safe.
final class TracedConnections extends DelegatingDataSource {

  private final DataSource traced;

  TracedConnections(DataSource connections) {
    super(connections);
    this.traced =
        ProxyDataSourceBuilder.create(connections)
            .listener(new TraceListener())
            .proxyResultSet()
            .build();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return StatementTrace.findCurrent().isPresent()
        ? traced.getConnection()
        : super.getConnection();
  }

  private static final class TraceListener extends JdbcLifecycleEventListenerAdapter {

    private static final String START = "start";

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      execution.addCustomValue(START, System.nanoTime());
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
      long nanos = System.nanoTime() - execution.getCustomValue(START, Long.class);
      StatementTrace.findCurrent()
          .ifPresent(trace -> queries.forEach(query -> trace.add(query.getQuery(), nanos)));
    }

    @Override
    public void afterNext(MethodExecutionContext next) {
      if (Boolean.TRUE.equals(next.getResult())) {
        StatementTrace.findCurrent().ifPresent(StatementTrace::countRow);
      }
    }
  }
}
