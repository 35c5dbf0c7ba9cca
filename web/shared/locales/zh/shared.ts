// Chinese words that all pages share.
export const shared = {
  shell: {
    skip: '跳到正文',
    places: '页面',
    visitor: '游客',
    till: '收银台',
    network: '网络',
    language: '语言',
  },
  states: {
    loading: '正在加载…',
    again: '重试',
    more: '显示更多',
    missing: '此地址没有任何记录',
    missingHelp: '地址可能有误，或沙盒已重新启动。',
    unreachable: '无法连接 Wayfare',
    unreachableHelp: '枢纽或沙盒没有运行，或线路中断。没有任何数据丢失。',
    failed: '操作没有成功',
    failedHelp: '请重试；若每次都失败，请查看枢纽的日志。',
    noPage: '没有这个页面',
    noPageHelp: '此路不通。',
    home: '回到首页',
    lineDown: '实时连接暂时中断，页面会自动重新查询。',
  },
  product: {
    payment_code: '付款码',
    order_code: '收款码',
  },
  scanner: {
    picture: '摄像头画面',
    starting: '正在打开摄像头…',
    looking: '请将码放入框内。',
    refused: '未获得摄像头权限。请在浏览器中允许，或换一种方式。',
    absent: '此处无法使用摄像头。请换一种方式，或读取图片。',
    file: '从图片读取',
    unread: '图片中没有找到码。',
  },
};
