package org.quicksilver.node;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.quicksilver.transaction.TransactionId;

/**
 * Records to JSON and back: transaction IDs as they print themselves, instants in ISO-8601.
 * Thread-safe, stateless.
 */
final class Json {

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(TransactionId.class, text(TransactionId::parse))
          .registerTypeAdapter(Instant.class, text(Instant::parse))
          .create();

  private Json() {}

  static String write(Object value) {
    return GSON.toJson(value);
  }

  /**
   * Reads one.
   *
   * @throws JsonSyntaxException if it is none
   */
  static <T> T read(String json, Class<T> type) {
    T value = GSON.fromJson(json, type);
    if (value == null) {
      throw new JsonSyntaxException("an empty text is no " + type.getSimpleName());
    }
    return value;
  }

  private static <T> TypeAdapter<T> text(Function<String, T> parse) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(value.toString());
      }

      @Override
      public T read(JsonReader in) throws IOException {
        try {
          return parse.apply(in.nextString());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
          throw new JsonSyntaxException(e);
        }
      }
    }.nullSafe();
  }
}
