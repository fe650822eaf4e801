package org.quicksilver.cli;

import com.google.gson.JsonObject;
import org.quicksilver.transaction.TransactionId;
import picocli.CommandLine.Parameters;

/** A command about one transaction. */
abstract class TxRequest extends NodeRequest {

  @Parameters(
      index = "0",
      paramLabel = "TID",
      description = "The transaction, as tx list shows it.")
  private String transaction = "";

  TxRequest(Screen screen) {
    super(screen);
  }

  final String transaction() {
    return transaction;
  }

  final JsonObject about(String command) throws CommandException {
    return about(command, transaction);
  }

  static JsonObject about(String command, String transaction) throws CommandException {
    JsonObject request = request(command);
    try {
      request.addProperty("transaction", TransactionId.parse(transaction).toString());
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    return request;
  }
}
