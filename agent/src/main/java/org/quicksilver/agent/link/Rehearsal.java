package org.quicksilver.agent.link;

/**
 * Loads, while nothing happens, the classes that are needed when a transaction ends: the first
 * orphan is to be given back as fast as the second. What cannot be loaded is loaded when it is
 * needed, or fails then.
 */
final class Rehearsal {

  private static final String[] CLASSES = {
    "org.quicksilver.agent.link.Reclaimer",
    "org.quicksilver.agent.link.Reclaimer$Result",
    "org.quicksilver.agent.link.Reclaimer$Closing",
    "org.quicksilver.agent.link.Moment",
    "org.quicksilver.agent.link.InsideFiles",
    "org.quicksilver.agent.link.Endings$Ended",
    "org.quicksilver.agent.link.Endings$1",
    "org.quicksilver.agent.track.JdkAccess$Sockets",
    "org.quicksilver.agent.track.QueueNodes",
    "org.quicksilver.agent.track.Stacks",
    "org.quicksilver.agent.track.TemporaryFile",
    "org.quicksilver.comm.Message$Joined",
    "org.quicksilver.comm.Message$Watch",
    "org.quicksilver.comm.Message$End",
    "org.quicksilver.comm.Message$EndAck",
    "org.quicksilver.comm.Message$Report",
    "org.quicksilver.comm.Message$Event",
    "org.quicksilver.comm.Message$ReportAck",
    "org.quicksilver.comm.Message$Closed",
    "org.quicksilver.handle.HandleRecord",
    "org.quicksilver.handle.Policy$Action",
    "java.util.stream.ReferencePipeline",
    "java.util.regex.Pattern"
  };

  private Rehearsal() {}

  static void run() {
    for (String name : CLASSES) {
      try {
        Class.forName(name, true, Rehearsal.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        // It will be loaded, or missed, when it is needed.
      }
    }
  }
}
