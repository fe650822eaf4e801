package org.quicksilver.node;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.HandleRecord;

/**
 * The open handles of all JVMs, read from their breadcrumbs when somebody asks. Node thread only.
 */
final class Handles {

  private final JvmTable jvms;
  private final Links links;
  private final Clock clock;
  private final NodeLog log;

  Handles(JvmTable jvms, Links links, Clock clock, NodeLog log) {
    this.jvms = jvms;
    this.links = links;
    this.clock = clock;
    this.log = log;
  }

  Links links() {
    return links;
  }

  /**
   * Those that pass, in the order of their JVMs and slots.
   *
   * @param after where the page before ended: incarnation and slot of what comes next at the
   *     earliest, and how many there have been
   * @param limit how many are wanted, on all pages together
   */
  Page page(Filter filter, long[] after, long limit) {
    Page page = new Page();
    long[] next = after.clone();
    Predicate<HandleView> visitor =
        view -> {
          if (next[2] == limit) {
            return false;
          }
          if (!page.add(view)) {
            page.next(next);
            return false;
          }
          next[0] = view.incarnation();
          next[1] = view.slot() + 1L;
          next[2]++;
          return true;
        };
    for (Jvm jvm : inOrder()) {
      long incarnation = Integer.toUnsignedLong(jvm.incarnation());
      int slot = incarnation == after[0] ? (int) Math.min(after[1], Integer.MAX_VALUE) : 0;
      if (incarnation >= after[0] && !visit(jvm, slot, filter, visitor)) {
        break;
      }
    }
    return page;
  }

  private List<Jvm> inOrder() {
    return jvms.living().stream()
        .sorted((a, b) -> Integer.compareUnsigned(a.incarnation(), b.incarnation()))
        .toList();
  }

  /** Calls back for those that pass. */
  void forEach(Filter filter, Consumer<HandleView> consumer) {
    for (Jvm jvm : inOrder()) {
      visit(
          jvm,
          0,
          filter,
          view -> {
            consumer.accept(view);
            return true;
          });
    }
  }

  /** Returns false if the visitor wants no more. */
  private boolean visit(Jvm jvm, int fromSlot, Filter filter, Predicate<HandleView> visitor) {
    if (!filter.passesJvm(jvm.pid(), Integer.toUnsignedLong(jvm.incarnation()))) {
      return true;
    }
    boolean[] more = {true};
    Viewing viewing = new Viewing(jvm);
    try {
      jvm.crumbs()
          .visit(
              filter.kinds(),
              fromSlot,
              handle -> {
                HandleView view = viewing.view(handle);
                more[0] = !filter.passes(view) || visitor.test(view);
                return more[0];
              });
    } catch (IOException e) {
      log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
    }
    return more[0];
  }

  /** Many handles in a row have the same stack: it is taken apart once. */
  private final class Viewing {
    private final Jvm jvm;
    private final long now = clock.millis();
    private String stack = "";
    private List<String> frames = List.of();

    Viewing(Jvm jvm) {
      this.jvm = jvm;
    }

    HandleView view(HandleRecord handle) {
      if (!handle.stack().equals(stack)) {
        stack = handle.stack();
        frames = AuditLine.frames(stack);
      }
      return HandleView.of(jvm, handle, links.resolve(handle.transaction()), frames, now);
    }
  }

  /** The one in that slot; null if it is free. */
  @Nullable HandleRecord find(Jvm jvm, long slot) {
    @Nullable HandleRecord[] found = {null};
    try {
      jvm.crumbs()
          .forEach(
              handle -> {
                if (handle.slot() == slot) {
                  found[0] = handle;
                }
              });
    } catch (IOException e) {
      log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
    }
    return found[0];
  }

  HandleView view(Jvm jvm, HandleRecord handle) {
    return new Viewing(jvm).view(handle);
  }

  /** How many a JVM has open. */
  int count(Jvm jvm) {
    int[] count = {0};
    try {
      jvm.crumbs().forEach(handle -> count[0]++);
    } catch (IOException e) {
      log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
    }
    return count[0];
  }

  /** The descriptors of a JVM that no record tells of; none if they cannot be had. */
  List<UnattributedDescriptors.Descriptor> unattributed(Jvm jvm) {
    try {
      return UnattributedDescriptors.of(jvm);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** How many they are; -1 if they cannot be had. */
  int countUnattributed(Jvm jvm) {
    try {
      return UnattributedDescriptors.of(jvm).size();
    } catch (IOException e) {
      return -1;
    }
  }

  /** The hooks that found nothing to intercept on the JDK of a JVM. */
  List<String> unmatched(Jvm jvm) {
    try {
      return jvm.crumbs().unmatched().lines().toList();
    } catch (IOException e) {
      log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
      return List.of();
    }
  }
}
