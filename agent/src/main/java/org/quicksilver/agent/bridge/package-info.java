/**
 * The one class that advice inlined into JDK classes calls. Packaged as {@code
 * java.lang.QuicksilverBridge} and defined in the boot loader. Knows nothing but {@code java.base}.
 */
@NullMarked
package org.quicksilver.agent.bridge;

import org.jspecify.annotations.NullMarked;
