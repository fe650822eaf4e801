package org.quicksilver.comm;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/**
 * Has our copy of Netty log under our own name, so that it follows the node into its log file and
 * an application's settings for {@code io.netty} mean the application's Netty only. Stateless.
 */
@SuppressWarnings("deprecation")
final class NettyLog extends JdkLoggerFactory {

  private static final String PREFIX = "org.quicksilver.comm.";

  /** To be called before any other class of Netty is loaded. */
  static void install() {
    InternalLoggerFactory.setDefaultFactory(new NettyLog());
  }

  @Override
  public InternalLogger newInstance(String name) {
    return super.newInstance(PREFIX + name);
  }
}
