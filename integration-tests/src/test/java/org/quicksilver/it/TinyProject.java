package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A project of one class and one resource, built by the plugins that build us: those are in the
 * local repository.
 */
final class TinyProject {

  private static final String[] PLUGINS = {"resources", "compiler", "surefire", "jar"};

  private TinyProject() {}

  /** Writes it; the source is of that class in the package {@code p}. */
  static void write(Path project, String className, String source) throws Exception {
    Path sources = Files.createDirectories(project.resolve("src/main/java/p"));
    Files.writeString(sources.resolve(className + ".java"), source);
    Path resources = Files.createDirectories(project.resolve("src/main/resources"));
    Files.writeString(resources.resolve("text.properties"), "name=tiny\n");
    Files.writeString(project.resolve("pom.xml"), pom());
  }

  private static String pom() throws Exception {
    StringBuilder plugins = new StringBuilder();
    Document ours = ours();
    for (String plugin : PLUGINS) {
      String name = "maven-" + plugin + "-plugin";
      plugins
          .append("<plugin><artifactId>")
          .append(name)
          .append("</artifactId><version>")
          .append(version(ours, name))
          .append("</version></plugin>\n");
    }
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>tiny</groupId>
          <artifactId>tiny</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <maven.test.skip>true</maven.test.skip>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
            <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
          </properties>
          <build><plugins>
        """
        + plugins
        + "</plugins></build></project>\n";
  }

  private static Document ours() throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Places.pom().toFile());
  }

  private static String version(Document pom, String plugin) {
    NodeList plugins = pom.getElementsByTagName("plugin");
    for (int i = 0; i < plugins.getLength(); i++) {
      Element element = (Element) plugins.item(i);
      boolean named =
          element.getElementsByTagName("artifactId").item(0).getTextContent().equals(plugin);
      NodeList versions = element.getElementsByTagName("version");
      if (named && versions.getLength() > 0) {
        return versions.item(0).getTextContent();
      }
    }
    throw new IllegalStateException(Places.pom() + " names no version of " + plugin);
  }
}
