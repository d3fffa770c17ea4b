/**
 * Words that readers use for one another here: one line a class, a word in one of them. English ones are compared by their
 * stems. Japanese ones are runs as a query is cut into them (`units.ts`); a verb of one Han has the kana that are looked for.
 */
import { fold } from './fold.ts';
import { stem } from './stem.ts';

const ENGLISH = `
init initialize initialise initialization initialisation startup setup
bill charge cost price pricing pay paid fee invoice money
error exception failure fail problem issue
crash die dead died dying
kill terminate abort
stop halt cancel interrupt
end finish complete
exit quit
delete remove erase clear wipe uninstall
create generate build built
save store write written wrote persist
survive keep kept retain stay
folder directory dir
library lib package dependency
invocation invoke call called caller request execute execution
response answer reply result
client user customer consumer visitor
slow latency delay
fast quick speed
wait hang hung stuck block pause unresponsive
parallel concurrent concurrency concurrently simultaneous simultaneously
environment sandbox instance env
memory ram
disk storage filesystem
twice double duplicate repeat repeatedly
retry retries attempt try tried
log logger logging
appear display visible arrive
missing miss lost lose gone lack vanish disappear absent
broken corrupt corrupted damaged garbled garbage
wrong incorrect bad invalid malformed
old outdated stale previous earlier
new newer latest newest update upgrade recent
big large huge oversized bigger larger
maximum max limit quota
convert conversion serialise serialize serialization serialisation serializable serialiser serializer encode encoder marshal
parse deserialize decode unmarshal
date datetime
text string str
dict dictionary
list array
credential password secret login
permission right privilege access
deploy deployment upload
download fetch retrieve export extract
path location
change modify edit alter replace override
quiet silent silently
alarm alert monitor monitoring
connect connection connecting
configure configuration config setting option
compile compilation compiler
mac macos darwin osx
computer machine laptop pc
licence license
legal allowed permitted illegal
start begin began launch boot
resume continue proceed
left remaining rest unfinished
async asynchronous asynchronously asyncio
traceback stacktrace
warn warning notify notification
import load
avoid prevent
reduce decrease lower
throw raise thrown
catch caught
difference differ different compare comparison
local locally offline
share shared common
temporary temp tmp
kind type sort
inside within
outside external
`;

const JAPANESE = `
料金 課金 請求 費用 コスト 代金 値段 有料 金額
エラー 失敗 例外 不具合 障害 異常
落ち 落と クラッシュ
強制終了 打ち切 中断 キル
終了 終わ 終え
フォルダー ディレクトリ フォルダ ディレクトリー
ライブラリ パッケージ ライブラリー 依存
保存 格納 保管 書き込 書け
残る 残り 残っ 残ら 保持 維持 引き継
消え 消し 消す 失い 失わ 失う 消失 消去 削除 紛失
呼ば 呼び 呼ん 呼ぶ 呼び出 コール リクエスト インボーク
実行 動か 動い 動く 動き 走ら 走り 走る
応答 レスポンス 返事
戻り値 返り値 結果
クライアント ユーザー 利用者
遅い 遅く 遅れ 遅延 レイテンシ レイテンシー
速い 速く 高速
待つ 待ち 待っ 待た 待機 ハング 固ま
止ま 止め 停止
同時 並列 並行
実行環境 インスタンス サンドボックス
二重 重複
再試行 リトライ 再実行
ログ ロギング ロガー
表示 出力
間違 誤り 誤っ 不正
壊れ 壊す 壊し 破損
古い 古く 以前 昔 旧い
新し 最新 更新 アップデート
上限 最大 制限 限度 リミット
変換 シリアライズ エンコード
パース 解析 デコード
日付 日時
文字列 テキスト
リスト 配列
認証情報 資格情報 パスワード クレデンシャル 秘密 シークレット
権限 許可 パーミッション
アップロード デプロイ
ダウンロード 取り出 取得 持ち出 持ち帰
パス 場所 位置
変更 書き換 修正 編集 差し替 上書
アラーム アラート 監視 警報
接続 コネクション
設定 構成
コンパイル ビルド
パソコン コンピューター マシン
開始 始ま 始め 起動 立ち上
再開 継続 続き 続け 続く
警告 通知
読み込 ロード インポート
一時 テンポラリ テンポラリー
トレースバック スタックトレース
バージョン 版
ローカル 手元
共有 共通
投げ 送出
捕ま 捕ら キャッチ 捕捉
引数 パラメーター
遮断 ブロック
初期化 イニシャライズ
`;

const HAN_AND_KANA = /^(\p{Script=Han})[ぁ-ゖ]+$/u;

const linesOf = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));

const CLASSES: ReadonlyMap<string, string> = new Map(
  linesOf(ENGLISH).flatMap((words) => words.map((word) => [stem(word), `=${stem(words[0] ?? '')}`] as const)),
);

const OTHERS: ReadonlyMap<string, readonly string[]> = new Map(
  linesOf(JAPANESE).flatMap((words) => {
    const folded = words.map(fold);
    return words.map((word) => {
      const key = fold(HAN_AND_KANA.exec(word)?.[1] ?? word);
      return [key, folded.filter((other) => other !== key)] as const;
    });
  }),
);

/** The class of an English word by its stem, as a term that no text has; undefined where it has none. */
export function classOf(stemmed: string): string | undefined {
  return CLASSES.get(stemmed);
}

/** What is said for a run of Han or kana as well, folded. */
export function othersOf(run: string): readonly string[] {
  return OTHERS.get(run) ?? [];
}
