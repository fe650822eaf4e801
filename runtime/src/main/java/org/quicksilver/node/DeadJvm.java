package org.quicksilver.node;

import java.nio.file.Path;
import java.util.List;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Policies;

/**
 * A dead JVM, as its file tells of it.
 *
 * @param record what is remembered of it
 * @param file its breadcrumbs
 * @param handles what it had open and may outlive it, or be asked for
 * @param policies its own rules
 */
record DeadJvm(JvmRecord record, Path file, List<HandleRecord> handles, Policies policies) {

  int incarnation() {
    return record.incarnation();
  }
}
