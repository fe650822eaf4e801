package org.quicksilver.it.subject;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers with the file of that name, if it begins with {@code report}; if not, it forgets to close
 * it.
 */
final class ReportServlet extends HttpServlet {

  private static final long serialVersionUID = 1;
  private static final int HEADER = 6;

  /** As a cache or a logger would: the collector does not get what was forgotten. */
  private final transient List<FileInputStream> lastOpened = new CopyOnWriteArrayList<>();

  private final transient Path directory;

  ReportServlet(Path directory) {
    this.directory = directory;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Path file = directory.resolve(request.getPathInfo().substring(1));
    FileInputStream in = new FileInputStream(file.toFile()); // the line that leaks
    lastOpened.add(in);
    if (!new String(in.readNBytes(HEADER)).equals("report")) {
      response.sendError(422, "not a report");
      return;
    }
    response.setContentType("text/plain");
    in.transferTo(response.getOutputStream());
    in.close();
    lastOpened.remove(in);
  }
}
