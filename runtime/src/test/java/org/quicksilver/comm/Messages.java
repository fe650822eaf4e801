package org.quicksilver.comm;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.TransactionId;

/**
 * Random messages of every type, made by their canonical constructors: a new type or field is
 * covered without a word.
 */
final class Messages {

  private static final int[] CODE_POINTS = {'a', ' ', '/', 0, '\n', 'ü', 0x65e5, 0x1faa3, 0xffff};

  private Messages() {}

  /** Every type of message, those of sealed groups too. */
  static Class<?>[] types() {
    return types(Message.class).toArray(Class<?>[]::new);
  }

  private static Stream<Class<?>> types(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(Messages::types)
        : Stream.of(type);
  }

  static Message random(Class<?> type, Random random) throws ReflectiveOperationException {
    return (Message) record(type, random);
  }

  private static Object record(Class<?> type, Random random) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Type generic = components[i].getGenericType();
      arguments[i] =
          generic instanceof ParameterizedType list
              ? values((Class<?>) list.getActualTypeArguments()[0], random)
              : types[i].isSealed() ? other(types[i], type, random) : value(types[i], random);
    }
    return type.getDeclaredConstructor(types).newInstance(arguments);
  }

  /** One of a group, but none of the type it is to be part of: those do not nest. */
  private static Object other(Class<?> group, Class<?> than, Random random)
      throws ReflectiveOperationException {
    Class<?>[] each = types(group).filter(one -> one != than).toArray(Class<?>[]::new);
    return record(each[random.nextInt(each.length)], random);
  }

  private static List<Object> values(Class<?> type, Random random)
      throws ReflectiveOperationException {
    List<Object> values = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      values.add(value(type, random));
    }
    return values;
  }

  private static Object value(Class<?> type, Random random) throws ReflectiveOperationException {
    if (type == int.class || type == Integer.class) {
      return random.nextInt() >> random.nextInt(32);
    } else if (type == long.class) {
      return random.nextLong() >> random.nextInt(64);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return text(random);
    } else if (type == byte[].class) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return bytes;
    } else if (type == TransactionId.class) {
      return new TransactionId(random.nextLong(), random.nextInt(), random.nextLong());
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    } else if (type == NodeId.class) {
      return new NodeId(random.nextLong() | 1);
    } else if (type == HandleRecord.class) {
      return handle(random);
    } else if (type.isRecord()) {
      return record(type, random);
    }
    throw new AssertionError("no values of " + type + " yet");
  }

  private static HandleRecord handle(Random random) throws ReflectiveOperationException {
    return new HandleRecord(
        random.nextInt(),
        random.nextInt(),
        HandleKind.values()[random.nextInt(HandleKind.values().length)],
        random.nextBoolean(),
        (TransactionId) value(TransactionId.class, random),
        random.nextLong(),
        text(random),
        text(random),
        random.nextBoolean(),
        random.nextLong(),
        text(random),
        Cause.UNKNOWN,
        text(random));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(30); length > 0; length--) {
      text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
    }
    return text.toString();
  }
}
