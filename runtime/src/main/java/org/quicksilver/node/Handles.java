package org.quicksilver.node;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

  /** Those that pass, in the order of their JVMs and slots. */
  List<HandleView> list(Filter filter) {
    List<HandleView> all = new ArrayList<>();
    for (Jvm jvm : jvms.living()) {
      if (filter.passesJvm(jvm.pid(), Integer.toUnsignedLong(jvm.incarnation()))) {
        add(jvm, filter, all);
      }
    }
    return all;
  }

  private void add(Jvm jvm, Filter filter, List<HandleView> all) {
    long now = clock.millis();
    try {
      jvm.crumbs()
          .forEach(
              filter.kinds(),
              handle -> {
                HandleView view =
                    HandleView.of(jvm, handle, links.resolve(handle.transaction()), now);
                if (filter.passes(view)) {
                  all.add(view);
                }
              });
    } catch (IOException e) {
      log.warn("cannot read the breadcrumbs of " + jvm + ": " + e);
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
    return HandleView.of(jvm, handle, links.resolve(handle.transaction()), clock.millis());
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
