/**
 * The transaction manager of one JVM: for transactions all of whose participants live in it. The
 * core decides, participants are called directly, and the log is the JVM's own. Knows no node, no
 * message and no handle; who needs other processes goes through {@code org.quicksilver}.
 */
@NullMarked
package org.quicksilver.local;

import org.jspecify.annotations.NullMarked;
