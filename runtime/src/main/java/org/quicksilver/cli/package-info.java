/**
 * Commands: arguments to requests, answers to tables, trees and JSON. Asks the node over the
 * control channel and knows it only by the JSON it answers; only {@code quicksilver node} starts
 * one in this process. Loads neither Netty nor Chronicle for anything else.
 */
@NullMarked
package org.quicksilver.cli;

import org.jspecify.annotations.NullMarked;
