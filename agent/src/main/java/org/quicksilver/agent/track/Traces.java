package org.quicksilver.agent.track;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a thread works for, where the agent of OpenTelemetry is there too; without it a
 * handle costs the look at a field more. That agent may come after ours: it is looked for until the
 * JVM has started all its agents, and not touched before, for it begins in an order of its own.
 */
public final class Traces {

  private static final String API = "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.trace.";
  private static final String AGENTS = "sun.instrument.";
  private static final int DIGITS = 16;

  /** Twice without the beginning of an agent: between two of them there is none for a moment. */
  private static final int CALM = 2;

  // Not volatile: who sees it late records a trace with the next handle.
  private static @Nullable MethodHandle current;

  private final Thread starter;
  private int calm;

  /**
   * Begins to look.
   *
   * @param starter the thread on which the JVM starts its agents
   */
  public Traces(Thread starter) {
    this.starter = starter;
  }

  /**
   * Looks for OpenTelemetry's agent. Not on an application's thread: everything that the first
   * question needs is loaded here.
   *
   * @return whether it is to be looked for again
   */
  public boolean isStillExpected() {
    for (StackTraceElement frame : starter.getStackTrace()) {
      if (frame.getClassName().startsWith(AGENTS)) {
        calm = 0;
        return true;
      }
    }
    if (++calm < CALM) {
      return true;
    }
    find();
    return false;
  }

  private static void find() {
    try {
      Class<?> span = Class.forName(API + "Span", false, null);
      Class<?> context = Class.forName(API + "SpanContext", false, null);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle id =
          MethodHandles.filterReturnValue(
              MethodHandles.filterReturnValue(
                  lookup.findStatic(span, "current", MethodType.methodType(span)),
                  lookup.findVirtual(span, "getSpanContext", MethodType.methodType(context))),
              lookup.findVirtual(context, "getTraceId", MethodType.methodType(String.class)));
      String none = (String) id.invokeExact();
      current = none.length() == 2 * DIGITS ? id : null;
    } catch (Throwable e) {
      // Not there, or another version than those known: no trace is recorded.
      current = null;
    }
  }

  /** ID of the trace that this thread works for, 32 hexadecimal digits; empty if there is none. */
  static String current() {
    MethodHandle id = current;
    return id == null ? "" : ask(id);
  }

  private static String ask(MethodHandle id) {
    try {
      String trace = (String) id.invokeExact();
      return trace.length() != 2 * DIGITS || (high(trace) | low(trace)) == 0 ? "" : trace;
    } catch (Throwable e) {
      // Whatever goes wrong in there is not to reach the application.
      return "";
    }
  }

  /** The first half of an ID. */
  static long high(String trace) {
    return Long.parseUnsignedLong(trace, 0, DIGITS, DIGITS);
  }

  /** The second half of an ID. */
  static long low(String trace) {
    return Long.parseUnsignedLong(trace, DIGITS, 2 * DIGITS, DIGITS);
  }
}
