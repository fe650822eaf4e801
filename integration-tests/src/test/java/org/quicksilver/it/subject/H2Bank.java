package org.quicksilver.it.subject;

import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;

/** A JDBC client that does what JDBC clients do: {@code <port>}. Prints all that it gets to see. */
public final class H2Bank {

  private static final int ACCOUNTS = 500;

  private H2Bank() {}

  /** Runs to the end. */
  public static void main(String[] args) throws SQLException {
    String url = "jdbc:h2:tcp://localhost:" + args[0] + "/bank";
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      create(connection);
      transfer(connection);
      refuse(connection);
      largeObjects(connection);
      report(connection);
    }
    try (Connection connection = DriverManager.getConnection(url, "sa", "wrong")) {
      System.out.println("let in: " + connection);
    } catch (SQLException e) {
      System.out.println(e.getSQLState() + " " + e.getMessage());
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table account(id int primary key, balance int check (balance >= 0), document blob)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into account values (?, 1000, null)")) {
      for (int i = 0; i < ACCOUNTS; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      System.out.println("inserted " + insert.executeBatch().length);
    }
    connection.commit();
  }

  private static void transfer(Connection connection) throws SQLException {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      try (PreparedStatement update =
          connection.prepareStatement("update account set balance = balance + ? where id = ?")) {
        int amount = random.nextInt(700);
        move(update, amount, random.nextInt(ACCOUNTS));
        move(update, -amount, random.nextInt(ACCOUNTS));
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        refused++;
      }
    }
    System.out.println("refused " + refused);
  }

  private static void move(PreparedStatement update, int amount, int account) throws SQLException {
    update.setInt(1, amount);
    update.setInt(2, account);
    update.executeUpdate();
  }

  private static void refuse(Connection connection) throws SQLException {
    for (String sql :
        new String[] {"insert into account values (1, 1, null)", "select * from nowhere", "?"}) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        System.out.println(e.getSQLState() + " " + e.getMessage());
        connection.rollback();
      }
    }
  }

  private static void largeObjects(Connection connection) throws SQLException {
    byte[] document = new byte[3_000_000];
    new Random(11).nextBytes(document);
    try (PreparedStatement update =
        connection.prepareStatement("update account set document = ? where id = 5")) {
      update.setBinaryStream(1, new ByteArrayInputStream(document));
      System.out.println("updated " + update.executeUpdate());
    }
    connection.commit();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select document from account where id = 5")) {
      result.next();
      System.out.println("same document: " + Arrays.equals(document, result.getBytes(1)));
    }
  }

  private static void report(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select id, balance from account order by balance, id")) {
      while (result.next()) {
        System.out.println(result.getInt(1) + " " + result.getInt(2));
      }
    }
  }
}
