package org.quicksilver.it.subject;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Databases, with pools of connections to them and without. */
final class ShopPools {

  private static final int CONNECTIONS = 3;

  private ShopPools() {}

  /**
   * All of them.
   *
   * @param server port of a database server
   */
  static Map<String, Shop.Opening> openings(int server) {
    String served = "jdbc:h2:tcp://localhost:" + server + "/served";
    return Map.of(
        "hikari", directory -> new Pool(hikari(h2(directory, "hikari"))),
        "dbcp2", directory -> new Pool(dbcp2(h2(directory, "dbcp2"))),
        "c3p0", directory -> new Pool(c3p0(h2(directory, "c3p0"))),
        "tomcat-jdbc", directory -> new Pool(tomcat(h2(directory, "tomcat-jdbc"))),
        "h2-server", directory -> new Pool(hikari(served)),
        "derby", directory -> new Embedded(derby(directory) + ";create=true", derby(directory)),
        "hsqldb", directory -> new Embedded(hsqldb(directory), null));
  }

  private static String h2(Path directory, String name) {
    return "jdbc:h2:" + directory.resolve(name);
  }

  private static String derby(Path directory) {
    return "jdbc:derby:" + directory.resolve("derby");
  }

  private static String hsqldb(Path directory) {
    return "jdbc:hsqldb:file:" + directory.resolve("hsqldb") + "/db;shutdown=true";
  }

  private static DataSource hikari(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(CONNECTIONS);
    return pool;
  }

  private static DataSource dbcp2(String url) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(url);
    pool.setMaxTotal(CONNECTIONS);
    return pool;
  }

  private static DataSource c3p0(String url) {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setJdbcUrl(url);
    pool.setMinPoolSize(1);
    pool.setInitialPoolSize(1);
    pool.setMaxPoolSize(CONNECTIONS);
    return pool;
  }

  private static DataSource tomcat(String url) {
    PoolProperties properties = new PoolProperties();
    properties.setUrl(url);
    properties.setDriverClassName("org.h2.Driver");
    properties.setInitialSize(1);
    properties.setMaxActive(CONNECTIONS);
    properties.setMaxIdle(CONNECTIONS);
    properties.setMinIdle(1);
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  /** A pool of any of the makers. */
  private record Pool(DataSource source) implements Shop.Store {
    @Override
    public String serve() throws SQLException {
      try (Connection connection = source.getConnection()) {
        return orders(connection);
      }
    }

    /** Those of Tomcat and c3p0 have their own ways. */
    @Override
    public void close() throws Exception {
      if (source instanceof AutoCloseable pool) {
        pool.close();
      } else {
        ((org.apache.tomcat.jdbc.pool.DataSource) source).close(true);
      }
    }
  }

  /** A database in the process, a connection for each request; the database stays open. */
  private static final class Embedded implements Shop.Store {
    private final String url;
    private final String derby;
    private final Connection first;

    Embedded(String url, String derby) throws SQLException {
      this.url = url;
      this.derby = derby;
      this.first = DriverManager.getConnection(url);
    }

    @Override
    public String serve() throws SQLException {
      try (Connection connection = DriverManager.getConnection(url)) {
        return orders(connection);
      }
    }

    /** Derby is shut down by a connection that is refused. */
    @Override
    public void close() throws SQLException {
      first.close();
      if (derby != null) {
        try (Connection last = DriverManager.getConnection(derby + ";shutdown=true")) {
          System.out.println("let in: " + last);
        } catch (SQLException e) {
          System.out.println(e.getSQLState());
        }
      }
    }
  }

  /** One more each time. */
  private static String orders(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table orders(id int, what varchar(2000))");
    } catch (SQLException e) {
      // It exists.
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into orders values(?, ?)")) {
      for (int i = 0; i < 500; i++) {
        insert.setInt(1, i);
        insert.setString(2, "item ".repeat(100));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select count(*), max(what), min(id) from orders group by id")) {
      int groups = 0;
      int orders = 0;
      while (result.next()) {
        groups++;
        orders += result.getInt(1);
      }
      return orders + " in " + groups;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
