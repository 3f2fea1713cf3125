package io.tidemark.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the database: embedded or named, migrated before anyone gets a connection. The DataSources
/// `intake`, `question` and `job` are one pool each; that of the intake is watched.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
public class DatabaseConfiguration {

  @Bean
  InstantSource instantSource() {
    return Clock.systemUTC();
  }

  @Bean
  DatabaseHost databaseHost(
      DatabaseProperties properties, @Value("${tidemark.data-dir}") Path dataDirectory) {
    return DatabaseHost.open(properties, dataDirectory);
  }

  @Bean
  DatabasePools databasePools(DatabaseHost host, DatabaseProperties properties) {
    DatabasePools pools = new DatabasePools(host::connection, properties);
    try (HikariDataSource migration = pools.openForMigration()) {
      pools.requireSettings(migration);
      new SchemaMigration(properties.schema()).apply(migration);
    } catch (SettingsLostException e) {
      pools.close();
      throw e;
    } catch (FlywayException | SQLException e) {
      pools.close();
      throw new DatabaseUnreachableException(host.connection().jdbcUrl(), e);
    }
    return pools;
  }

  @Bean
  DatabaseWatch databaseWatch(DatabasePools pools, DatabaseHost host) {
    return pools.watch(host::revive);
  }

  @Bean
  DataSource intake(DatabasePools pools, DatabaseWatch watch) {
    return GuardedConnections.ofIntake(pools.intake(), watch);
  }

  @Bean
  DataSource question(DatabasePools pools, DatabaseWatch watch) {
    return new TracedConnections(GuardedConnections.ofQuestions(pools.question(), watch));
  }

  @Bean
  DataSource job(DatabasePools pools) {
    return pools.job();
  }
}
