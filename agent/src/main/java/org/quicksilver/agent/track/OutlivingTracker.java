package org.quicksilver.agent.track;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.HandleKind;

/** Behind the bridge for what may outlive this process: its children and temporary files. */
abstract class OutlivingTracker extends TrafficTracker {

  /** Takes its parts, as {@link HandleTracker} does. */
  OutlivingTracker(Handles handles, Branches branches, TrackerEvents events, Recording recording) {
    super(handles, branches, events, recording);
  }

  @Override
  public void processStarted(Object process, long pid, byte @Nullable [] program) {
    byte[] command = program == null ? UNNAMED : withoutFinalZero(program);
    Handle handle = openedObject(HandleKind.PROCESS, process, command, pid);
    if (handle != null) {
      events.leavesSomethingBehind(handle);
    }
  }

  static byte[] withoutFinalZero(byte[] text) {
    int last = text.length - 1;
    return last >= 0 && text[last] == 0 ? Arrays.copyOf(text, last) : text;
  }

  @Override
  public void temporaryFile(@Nullable Object path) {
    ThreadContext context = context();
    if (path == null || context.ownWork > 0 || isElsewhere(path)) {
      return;
    }
    context.ownWork++;
    try {
      Path file = path instanceof File f ? f.toPath() : Path.of(path.toString());
      TemporaryFile temporary = TemporaryFile.of(file.toAbsolutePath());
      if (handles.isKnown(temporary)) {
        return;
      }
      byte[] text = temporary.path().toString().getBytes(StandardCharsets.UTF_8);
      Handle handle = handles.openTemporary(temporary, text, current(context), context, stack());
      events.leavesSomethingBehind(handle);
    } finally {
      context.ownWork--;
    }
  }

  @Override
  public void fileDeleted(@Nullable Object path) {
    ThreadContext context = context();
    if (path == null || context.ownWork > 0 || !handles.hasTemporaries() || isElsewhere(path)) {
      return;
    }
    context.ownWork++;
    try {
      Path file = path instanceof File f ? f.toPath() : Path.of(path.toString());
      Handle handle = handles.deleted(file.toAbsolutePath());
      if (handle != null) {
        booked(handle);
      }
    } finally {
      context.ownWork--;
    }
  }

  /** A path in an archive names no file of ours. */
  private static boolean isElsewhere(Object path) {
    return path instanceof Path p && p.getFileSystem() != FileSystems.getDefault();
  }
}
