/**
 * Three servers in a chain, a window server and their clients: plain programs of the old school,
 * written against {@code java.net}, {@code java.io} and Swing, one thread per connection. They know
 * nothing of Quicksilver and use no library.
 *
 * <p>They work. What they get wrong is what such programs get wrong in earnest: each gives back
 * what it holds for a client when the client says so, and none when the client is simply gone. The
 * class comments say how each of them comes to it.
 */
package legacy;
