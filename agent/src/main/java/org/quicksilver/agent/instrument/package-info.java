/**
 * Where the JDK is intercepted, the advice that is inlined there, and the cache of transformed
 * classes. Knows the bridge; nothing of transactions or nodes.
 */
@NullMarked
package org.quicksilver.agent.instrument;

import org.jspecify.annotations.NullMarked;
