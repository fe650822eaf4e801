package org.quicksilver.queue;

import java.util.List;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;

/** What a link to a server tells of the requests that went over it. */
interface Fates {

  /** The server has said what became of one. */
  void completed(Call call, Frame.Completion completion);

  /** The server is dead, or this process lets go, and left these open, oldest first. */
  void ended(ServerLink link, List<Call> left);

  /** What the server said was no frame; its channel is closed. */
  void refused(ServerLink link, BadFrameException why);
}
