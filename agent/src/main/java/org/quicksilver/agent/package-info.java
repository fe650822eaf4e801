/**
 * What the application's class loader can see of Quicksilver: the launcher and the loader of
 * everything else. Knows nothing but the JDK.
 */
@NullMarked
package org.quicksilver.agent;

import org.jspecify.annotations.NullMarked;
