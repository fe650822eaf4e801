package aware.bank;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.lrvm.LrvmOptions;
import org.quicksilver.memory.vista.Vista;
import org.quicksilver.memory.vista.VistaOptions;

/** The engine that keeps the bank's memory. Nothing else in the bank knows which it is. */
enum Engine {
  lrvm {
    @Override
    void createLog(Path log) {
      Lrvm.createLog(LrvmOptions.of(log), LOG_LENGTH, OWNER);
    }

    @Override
    RecoverableMemory open(Path log) {
      return Lrvm.initialize(LrvmOptions.of(log));
    }
  },

  vista {
    @Override
    void createLog(Path log) {
      Vista.createLog(VistaOptions.of(log), LOG_LENGTH, OWNER);
    }

    @Override
    RecoverableMemory open(Path log) {
      return Vista.initialize(VistaOptions.of(log));
    }
  };

  private static final long LOG_LENGTH = 1 << 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  abstract void createLog(Path log);

  abstract RecoverableMemory open(Path log);
}
