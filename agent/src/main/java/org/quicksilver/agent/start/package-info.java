/**
 * Puts the agent together and starts it. Top floor of the agent: knows all of it, and nobody knows
 * it.
 */
@NullMarked
package org.quicksilver.agent.start;

import org.jspecify.annotations.NullMarked;
