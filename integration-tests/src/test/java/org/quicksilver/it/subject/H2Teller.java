package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A JDBC client that pays one into an account without committing and prints {@code in the middle};
 * then, for each line with the number of an account, commits, pays one into that, and prints {@code
 * balance} and what was there before: {@code <port> <account>}.
 */
public final class H2Teller {

  private H2Teller() {}

  /** Runs until its input ends. */
  public static void main(String[] args) throws SQLException, IOException {
    String url = "jdbc:h2:tcp://localhost:" + args[0] + "/bank";
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      create(connection);
      payIn(connection, args[1]);
      System.out.println("in the middle");
      String account;
      while (!(account = in.readLine()).equals("end")) {
        connection.commit();
        System.out.println("balance " + balance(connection, account));
        payIn(connection, account);
      }
      connection.commit();
    }
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists account as select x as id, 1000 as balance"
              + " from system_range(1, 100)");
    }
    connection.setAutoCommit(false);
  }

  private static void payIn(Connection connection, String account) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update account set balance = balance + 1 where id = ?")) {
      update.setString(1, account);
      update.executeUpdate();
    }
  }

  private static int balance(Connection connection, String account) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select balance from account where id = ?")) {
      query.setString(1, account);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }
}
