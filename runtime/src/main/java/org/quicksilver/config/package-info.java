/**
 * Where Quicksilver lives on a machine and how it is set: the home directory, its permissions, and
 * the validated options. Knows no other package of ours.
 */
@NullMarked
package org.quicksilver.config;

import org.jspecify.annotations.NullMarked;
