package org.quicksilver.memory.participant;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

/** Whose memory takes part. */
enum MemoryEngine {
  LRVM {
    @Override
    void createLog(Path log) {
      Lrvm.createLog(LrvmOptions.of(log), LENGTH, OWNER);
    }

    @Override
    RecoverableMemory initialize(Path log) {
      return Lrvm.initialize(LrvmOptions.of(log));
    }
  },

  VISTA {
    @Override
    void createLog(Path log) {
      Vista.createLog(VistaOptions.of(log), LENGTH, OWNER);
    }

    @Override
    RecoverableMemory initialize(Path log) {
      return Vista.initialize(VistaOptions.of(log));
    }
  };

  private static final long LENGTH = 200_000;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  abstract void createLog(Path log);

  abstract RecoverableMemory initialize(Path log);
}
