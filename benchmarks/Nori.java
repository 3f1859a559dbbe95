import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Ranks with Lucene's Korean analyzer as it comes: "java -cp JARS Nori.java CORPUS QUERIES DEPTH", files of id TAB text. */
public class Nori {
    public static void main(String[] args) throws Exception {
        Analyzer analyzer = new KoreanAnalyzer();
        ByteBuffersDirectory memory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(analyzer))) {
            for (String[] line : lines(args[0])) {
                Document document = new Document();
                document.add(new StoredField("id", line[0]));
                document.add(new TextField("text", line[1], Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(memory));
        StringBuilder out = new StringBuilder();
        for (String[] line : lines(args[1])) {
            out.append(line[0]);
            for (ScoreDoc hit : searcher.search(query(analyzer, line[1]), Integer.parseInt(args[2])).scoreDocs) {
                out.append('\t').append(searcher.doc(hit.doc).get("id"));
            }
            out.append('\n');
        }
        System.out.write(out.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static Query query(Analyzer analyzer, String text) throws Exception {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        Set<String> terms = new LinkedHashSet<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) terms.add(term.toString());
            tokens.end();
        }
        for (String term : terms) any.add(new TermQuery(new Term("text", term)), BooleanClause.Occur.SHOULD);
        return any.build();
    }

    private static List<String[]> lines(String file) throws Exception {
        List<String[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(file))) lines.add(line.split("\t", 2));
        return lines;
    }
}
