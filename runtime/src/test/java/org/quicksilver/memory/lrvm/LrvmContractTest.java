package org.quicksilver.memory.lrvm;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.quicksilver.memory.MemoryContract;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.RecoverableMemory;

final class LrvmContractTest extends MemoryContract {

  @Override
  protected void createLog(Path file, long length, Set<PosixFilePermission> mode) {
    Lrvm.createLog(LrvmOptions.of(file), length, mode);
  }

  @Override
  protected RecoverableMemory initialize(Path file, MemoryOptions options) {
    return Lrvm.initialize(LrvmOptions.of(file).with(options));
  }
}
