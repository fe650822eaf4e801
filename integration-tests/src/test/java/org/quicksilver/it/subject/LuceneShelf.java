package org.quicksilver.it.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Writes an index with Lucene and reads it, twice: {@code <directory>}. Prints all that it gets to
 * see.
 */
public final class LuceneShelf {

  private static final String[] WORDS = {"time", "file", "lock", "page", "tree", "node", "log"};

  private LuceneShelf() {}

  /** Runs to the end. */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    try (Directory mapped = FSDirectory.open(directory.resolve("mapped"))) {
      use(mapped, directory.resolve("mapped"));
    }
    try (Directory read = new NIOFSDirectory(directory.resolve("read"))) {
      use(read, directory.resolve("read"));
    }
  }

  private static void use(Directory directory, Path path) throws IOException {
    write(directory);
    search(directory);
    try (Stream<Path> files = Files.list(path)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(System.out::println);
    }
  }

  private static void write(Directory directory) throws IOException {
    Random random = new Random(5);
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    config.setRAMBufferSizeMB(1);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < 5_000; i++) {
        writer.addDocument(document(i, random));
        if (i % 1_000 == 999) {
          writer.commit();
        }
      }
      writer.deleteDocuments(new Term("id", "7"));
      writer.forceMerge(1);
      secondWriter(directory);
    }
  }

  private static Document document(int id, Random random) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < 40; k++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(30)).append(' ');
    }
    Document document = new Document();
    document.add(new StringField("id", Integer.toString(id), Field.Store.YES));
    document.add(new TextField("text", text.toString(), Field.Store.YES));
    return document;
  }

  private static void secondWriter(Directory directory) throws IOException {
    try (IndexWriter second = new IndexWriter(directory, new IndexWriterConfig())) {
      System.out.println("let in: " + second);
    } catch (LockObtainFailedException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void search(Directory directory) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      System.out.println("documents " + reader.numDocs());
      for (String word : WORDS) {
        for (ScoreDoc hit :
            searcher.search(new TermQuery(new Term("text", word + 13)), 5).scoreDocs) {
          String id = reader.storedFields().document(hit.doc).get("id");
          System.out.println(word + " in " + id + " " + hit.score);
        }
      }
    }
  }
}
