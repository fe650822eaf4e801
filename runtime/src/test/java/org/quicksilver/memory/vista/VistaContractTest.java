package org.quicksilver.memory.vista;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.quicksilver.memory.MemoryContract;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.RecoverableMemory;

final class VistaContractTest extends MemoryContract {

  @Override
  protected void createLog(Path file, long length, Set<PosixFilePermission> mode) {
    Vista.createLog(VistaOptions.of(file), length, mode);
  }

  @Override
  protected RecoverableMemory initialize(Path file, MemoryOptions options) {
    return Vista.initialize(VistaOptions.of(file).with(options));
  }
}
