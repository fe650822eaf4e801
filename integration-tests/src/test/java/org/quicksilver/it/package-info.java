/**
 * Quicksilver attached to programs that were not written for it: each test forks JVMs of every JDK
 * it finds, kills and pauses them, and looks at what stays open by the kernel's account. Uses
 * {@code quicksilver.jar} as a user does, and none of its classes.
 */
package org.quicksilver.it;
